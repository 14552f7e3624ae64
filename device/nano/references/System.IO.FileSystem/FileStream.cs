namespace System.IO;

// nanoframework/System.IO.FileSystem: System.IO.FileSystem/FileStream.cs
public class FileStream : Stream
{
    public FileStream(string path, FileMode mode, FileAccess access) => throw null;

    public override long Length => throw null;

    public override long Position
    {
        get => throw null;
        set => throw null;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw null;

    public override void Write(byte[] buffer, int offset, int count) => throw null;
}
