namespace EdgeCnn.Device;

/// <summary>RAM that shows one file at a time as flash: what is behind the file's end is blank. Everything written is read back from the
/// file.</summary>
public sealed class FileArea
{
    /// <summary>No file.</summary>
    public const int None = -1;

    private readonly BoardFiles _files;
    private readonly byte[] _memory;
    private readonly byte[] _blank;
    private readonly int _bytes;
    private int _area = None;

    /// <summary>An area of which nothing is shown yet.</summary>
    /// <param name="files">The files.</param>
    /// <param name="memory">RAM for it.</param>
    /// <param name="bytes">Bytes of an area, at most those of <paramref name="memory"/>.</param>
    /// <param name="blank">A block of blank bytes.</param>
    public FileArea(BoardFiles files, byte[] memory, int bytes, byte[] blank)
    {
        _files = files;
        _memory = memory;
        _bytes = bytes;
        _blank = blank;
    }

    /// <summary>Bytes of an area.</summary>
    public int Bytes => _bytes;

    /// <summary>The area in RAM.</summary>
    public byte[] Show(int area)
    {
        if (area == _area) return _memory;
        StorageFile file = _files.Area(area);
        int length = file.Length < _bytes ? file.Length : _bytes;
        if (!file.Read(0, _memory, 0, length)) length = 0;
        Memory.Fill(_memory, length, _bytes - length, 0xFF);
        _area = area;
        return _memory;
    }

    /// <summary>Forgets what is in RAM: somebody else takes it.</summary>
    public void Release() => _area = None;

    /// <summary>Makes a block blank.</summary>
    public void Erase(int area, int offset)
    {
        StorageFile file = _files.Area(area);
        int left = file.Length - offset, count = left < _blank.Length ? left : _blank.Length;
        if (count > 0) file.Write(offset, _blank, 0, count);
        ReadBack(area, offset, _blank.Length);
    }

    /// <summary>Writes a page, and blank bytes where the file ends before it.</summary>
    public void Write(int area, int offset, byte[] from, int at, int count)
    {
        StorageFile file = _files.Area(area);
        bool reaches = true;
        while (reaches && file.Length < offset)
        {
            int gap = offset - file.Length;
            reaches = file.Write(file.Length, _blank, 0, gap < _blank.Length ? gap : _blank.Length);
        }
        if (reaches) file.Write(offset, from, at, count);
        ReadBack(area, offset, count);
    }

    private void ReadBack(int area, int offset, int count)
    {
        if (area != _area) return;
        int left = _files.Area(area).Length - offset, there = left < 0 ? 0 : left < count ? left : count;
        if (!_files.Area(area).Read(offset, _memory, offset, there)) there = 0;
        Memory.Fill(_memory, offset + there, count - there, 0xFF);
    }
}
