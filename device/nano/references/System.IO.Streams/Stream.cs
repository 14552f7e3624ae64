namespace System.IO;

// nanoframework/System.IO.Streams: System.IO.Streams/Stream.cs
public abstract class Stream : MarshalByRefObject
{
    public abstract long Length { get; }

    public abstract long Position { get; set; }

    public abstract int Read(byte[] buffer, int offset, int count);

    public abstract void Write(byte[] buffer, int offset, int count);
}
