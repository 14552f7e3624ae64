namespace EdgeCnn.Device;

/// <summary>Bytes to and from a host.</summary>
public interface ILine
{
    /// <summary>Takes what has arrived.</summary>
    /// <returns>How many bytes; 0 when nothing has.</returns>
    int Receive(byte[] into);

    /// <summary>Sends bytes.</summary>
    void Send(byte[] from, int count);
}
