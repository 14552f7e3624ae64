namespace EdgeCnn;

/// <summary>
/// How the pixels of a camera's frame lie in memory. A frame has components (gray; red, green, blue; or brightness Y and the colour
/// differences Cb and Cr), each a grid of samples: where it starts, from sample to sample, from row to row, and how many pixels share
/// a sample.
/// </summary>
public static class PixelFormat
{
    /// <summary>One byte of brightness, 0 black to 255 white.</summary>
    public const int Gray = 1;

    /// <summary>Red, green, blue.</summary>
    public const int Rgb = 2;

    /// <summary>Blue, green, red.</summary>
    public const int Bgr = 3;

    /// <summary>YUV 4:2:2, packed: Y, Cb, Y, Cr for two pixels.</summary>
    public const int Yuyv = 4;

    /// <summary>YUV 4:2:0: a plane of Y, then a plane of Cb, Cr for each 2 × 2 pixels.</summary>
    public const int Nv12 = 5;

    /// <summary>YUV 4:2:0: a plane of Y, then one of Cb, then one of Cr, both with half the row length.</summary>
    public const int I420 = 6;

    /// <summary>Whether there is such a format.</summary>
    public static bool Exists(int format) => format >= Gray && format <= I420;

    /// <summary>Whether the components are Y, Cb, Cr.</summary>
    public static bool IsYuv(int format) => format >= Yuyv;

    /// <summary>Number of components, 1 or 3.</summary>
    public static int Components(int format) => format == Gray ? 1 : 3;

    /// <summary>Bytes of the pixels of a row, without what a camera may leave free behind them; of Y, where that has a plane of its
    /// own.</summary>
    public static int RowBytes(int format, int width) => format == Rgb || format == Bgr ? 3 * width : format == Yuyv ? 2 * width : width;

    /// <summary>Bytes of a frame whose rows (of Y, where that has a plane of its own) are <paramref name="rowBytes"/> apart.</summary>
    public static int FrameBytes(int format, int height, int rowBytes) =>
        rowBytes * height + (format >= Nv12 ? rowBytes * height / 2 : 0);

    /// <summary>Byte offset of the first row that has samples of a component. Components with the same lie in the same rows.</summary>
    public static int FirstRow(int format, int component, int height, int rowBytes)
    {
        if (format < Nv12 || component == 0) return 0;
        return rowBytes * height + (format == I420 && component == 2 ? rowBytes / 2 * (height / 2) : 0);
    }

    /// <summary>Byte offset of a component's first sample in its row.</summary>
    public static int FirstSample(int format, int component)
    {
        if (format == Bgr) return 2 - component;
        if (format == Yuyv) return component == 2 ? 3 : component;
        return format == Rgb ? component : format == Nv12 && component == 2 ? 1 : 0;
    }

    /// <summary>Bytes from one sample of a component to the next in its row.</summary>
    public static int Step(int format, int component)
    {
        if (format == Rgb || format == Bgr) return 3;
        if (format == Yuyv) return component == 0 ? 2 : 4;
        return format == Nv12 && component > 0 ? 2 : 1;
    }

    /// <summary>Bytes from one row of a component's samples to the next.</summary>
    public static int RowStep(int format, int component, int rowBytes) => format == I420 && component > 0 ? rowBytes / 2 : rowBytes;

    /// <summary>Binary logarithm of the columns of pixels that share a sample. The sample is the mean of them.</summary>
    public static int ColumnShift(int format, int component) => format >= Yuyv && component > 0 ? 1 : 0;

    /// <summary>Binary logarithm of the rows of pixels that share a sample.</summary>
    public static int RowShift(int format, int component) => format >= Nv12 && component > 0 ? 1 : 0;
}
