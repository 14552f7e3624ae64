namespace EdgeCnn.Device;

/// <summary>Gives frames for the model's input.</summary>
public interface ISensor
{
    /// <summary>Values of a frame.</summary>
    int Count { get; }

    /// <summary>Reads a frame, values of 0 to 255 in the order of the model's input; false when the sensor does not answer.</summary>
    bool Read(byte[] frame);
}
