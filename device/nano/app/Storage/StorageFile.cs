using System;
using System.IO;

namespace EdgeCnn.Device;

/// <summary>
/// A file of the board's storage. <c>FileStream.Read</c> of nanoFramework makes an array of as many bytes as it is asked for, so files are
/// read by small pieces: what it leaves behind never takes more than one of them. What fails says false, and never throws.
/// </summary>
public sealed class StorageFile : IModelStorage
{
    private const int PieceBytes = 512;

    private readonly FileStream _file;

    /// <summary>Opens the file, or makes it.</summary>
    public StorageFile(string path) => _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);

    /// <inheritdoc />
    public int Length => (int)_file.Length;

    /// <inheritdoc />
    public bool Read(int offset, byte[] into, int at, int count)
    {
        try
        {
            if ((uint)offset > (uint)Length || (uint)count > (uint)(Length - offset)) return false;
            _file.Position = offset;
            for (int done = 0; done < count;)
            {
                int piece = count - done < PieceBytes ? count - done : PieceBytes, read = _file.Read(into, at + done, piece);
                if (read <= 0) return false;
                done += read;
            }
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>Writes bytes at <paramref name="offset"/>, which is at most the file's end.</summary>
    public bool Write(int offset, byte[] from, int at, int count)
    {
        try
        {
            _file.Position = offset;
            _file.Write(from, at, count);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
