namespace EdgeCnn.Device;

/// <summary>How the frames of a source lie in memory.</summary>
/// <param name="format">A <see cref="PixelFormat"/>.</param>
/// <param name="width">Columns of pixels; even where columns share samples.</param>
/// <param name="height">Rows of pixels; even where rows share samples.</param>
/// <param name="rowBytes">From one row to the next (of Y, where that has a plane of its own); 0: no gaps.</param>
/// <param name="isFullRange">Whether Y, Cb and Cr have the full range 0 to 255, as in JPEG, instead of 16 to 235 and 240.</param>
public readonly struct FrameShape(int format, int width, int height, int rowBytes = 0, bool isFullRange = false)
{
    /// <summary>A <see cref="PixelFormat"/>.</summary>
    public int Format => format;

    /// <summary>Columns of pixels.</summary>
    public int Width => width;

    /// <summary>Rows of pixels.</summary>
    public int Height => height;

    /// <summary>Whether Y, Cb and Cr have the full range.</summary>
    public bool IsFullRange => isFullRange;

    /// <summary>From one row to the next (of Y, where that has a plane of its own).</summary>
    public int RowBytes => rowBytes == 0 ? PixelFormat.RowBytes(format, width) : rowBytes;

    /// <summary>Bytes of a frame.</summary>
    public int FrameBytes => PixelFormat.FrameBytes(format, height, RowBytes);

    /// <summary>Whether frames can have this shape: a format, sides of 1 to 65,535 that samples divide, at most
    /// <see cref="Resize.MaxPixels"/> pixels, rows that hold theirs and are at most 2²⁰ bytes.</summary>
    public bool IsValid()
    {
        if (!PixelFormat.Exists(format) || (uint)(width - 1) >= 65535 || (uint)(height - 1) >= 65535) return false;
        int columns = 1 << PixelFormat.ColumnShift(format, 1), rows = 1 << PixelFormat.RowShift(format, 1);
        return (long)width * height <= Resize.MaxPixels && (width & (columns - 1)) == 0 && (height & (rows - 1)) == 0
            && RowBytes >= PixelFormat.RowBytes(format, width) && RowBytes <= 1 << 20 && (RowBytes & (rows - 1)) == 0
            && (long)RowBytes * height <= int.MaxValue / 2;
    }
}
