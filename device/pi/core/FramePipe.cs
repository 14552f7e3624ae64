namespace EdgeCnn.Device;

/// <summary>Raw frames, one after the other, from an open file: a pipe of <c>rpicam-vid</c> or <c>ffmpeg</c>, or a file.</summary>
public unsafe struct FramePipe
{
    private byte* _frame;
    private int _file, _bytes;

    /// <summary>The kernel's errno of the last function that failed.</summary>
    public int Error { get; private set; }

    /// <summary>Gets ready to read.</summary>
    /// <param name="file">The file's number, 0 for standard input; it stays the caller's.</param>
    /// <param name="shape">The frames.</param>
    /// <returns><see cref="Fault.BadShape"/>, <see cref="Fault.NoMemory"/>.</returns>
    public Fault Open(int file, FrameShape shape)
    {
        if (!shape.IsValid()) return Fault.BadShape;
        _file = file;
        _bytes = shape.FrameBytes;
        _frame = Pages.Allocate(_bytes);
        return _frame == null ? Fault.NoMemory : Fault.None;
    }

    /// <summary>Reads the next frame, waiting as long as it takes.</summary>
    /// <param name="frame">Receives where it is, until the next call.</param>
    /// <returns><see cref="Fault.EndOfFrames"/>, <see cref="Fault.CutFrame"/>, <see cref="Fault.CannotRead"/>.</returns>
    public Fault Next(byte** frame)
    {
        *frame = _frame;
        for (int at = 0; at < _bytes;)
        {
            nint count = LibC.Read(_file, _frame + at, _bytes - at);
            if (count == 0) return at == 0 ? Fault.EndOfFrames : Fault.CutFrame;
            if (count > 0)
            {
                at += (int)count;
                continue;
            }
            Error = LibC.Errno;
            if (Error != Errno.Interrupted) return Fault.CannotRead;
        }
        return Fault.None;
    }

    /// <summary>Gives the memory back.</summary>
    public void Close()
    {
        Pages.Free(_frame, _bytes);
        _frame = null;
    }
}
