namespace System.IO;

/// <summary>A sequence of bytes.</summary>
public abstract class Stream
{
    /// <summary>Bytes of it.</summary>
    public abstract long Length { get; }

    /// <summary>Where the next byte is read or written.</summary>
    public abstract long Position { get; set; }

    /// <summary>Reads bytes.</summary>
    public abstract int Read(byte[] buffer, int offset, int count);

    /// <summary>Writes bytes.</summary>
    public abstract void Write(byte[] buffer, int offset, int count);
}
