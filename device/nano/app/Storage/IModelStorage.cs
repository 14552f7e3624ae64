namespace EdgeCnn.Device;

/// <summary>Where a model file is: a board's storage, which can be read but not addressed.</summary>
public interface IModelStorage
{
    /// <summary>Bytes of the file.</summary>
    int Length { get; }

    /// <summary>Reads <paramref name="count"/> bytes of the file from <paramref name="offset"/> on; false when they cannot be
    /// read.</summary>
    bool Read(int offset, byte[] into, int at, int count);
}
