extern alias streams;

using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace System.IO;

/// <summary>A file of a disk in memory, which loses power when a test says so.</summary>
public class FileStream : streams::System.IO.Stream
{
    private readonly List<byte> _bytes;
    private int _position;

    /// <summary>Opens or makes a file.</summary>
    public FileStream(string path, FileMode mode, FileAccess access)
    {
        if (!Disk.TryGetValue(path, out List<byte>? bytes)) Disk[path] = bytes = [];
        _bytes = bytes;
    }

    /// <summary>The files.</summary>
    public static Dictionary<string, List<byte>> Disk { get; set; } = [];

    /// <summary>Writes that are left: half of the last one arrives, and later ones fail.</summary>
    public static int WritesLeft { get; set; } = int.MaxValue;

    /// <summary>Most bytes that were asked for at once: the library makes an array of as many.</summary>
    public static int LargestRead { get; set; }

    /// <inheritdoc />
    public override long Length => _bytes.Count;

    /// <inheritdoc />
    public override long Position
    {
        get => _position;
        set => _position = value <= Length ? (int)value : throw new ArgumentException("beyond the end");
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count)
    {
        LargestRead = Math.Max(LargestRead, count);
        int read = Math.Min(count, _bytes.Count - _position);
        _bytes.CopyTo(_position, buffer, offset, read);
        _position += read;
        return read;
    }

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count)
    {
        if (--WritesLeft < 0) throw new IOException("no power");
        int written = WritesLeft == 0 ? count / 2 : count;
        if (_bytes.Count < _position + written) CollectionsMarshal.SetCount(_bytes, _position + written);
        buffer.AsSpan(offset, written).CopyTo(CollectionsMarshal.AsSpan(_bytes)[_position..]);
        _position += written;
    }
}
