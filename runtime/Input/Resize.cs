namespace EdgeCnn;

/// <summary>
/// Pictures of one size from pictures of another, in exact integer arithmetic: what a trainer shrinks and what a camera's firmware shrinks
/// are the same bytes.
/// </summary>
public static unsafe class Resize
{
    /// <summary>Most pixels that one picture to resize may have: 255 · 2²⁴ fits the 32-bit sum.</summary>
    public const int MaxPixels = 1 << 24;

    /// <summary>Columns of the largest cut-out of a width × height picture that has the shape of newWidth × newHeight. Taken from the
    /// middle, it starts at column (width − cut-out) / 2. Sides are 1 to 65,535.</summary>
    public static int CropWidth(int width, int height, int newWidth, int newHeight)
    {
        uint columns = (uint)height * (uint)newWidth / (uint)newHeight;
        return columns >= (uint)width ? width : columns == 0 ? 1 : (int)columns;
    }

    /// <summary>Rows of the same cut-out.</summary>
    public static int CropHeight(int width, int height, int newWidth, int newHeight) => CropWidth(height, width, newHeight, newWidth);

    /// <summary>
    /// Area averaging: every new pixel is the mean of the rectangle of old ones that it covers, partly covered ones counted by the part,
    /// rounded to nearest, ties up. An enlarged pixel is the old one below it, mixed with its neighbours at the seams.
    /// </summary>
    /// <param name="source">Rows of pixels, channels innermost.</param>
    /// <param name="from">Where the first pixel of the cut-out is: a crop is an offset, a width and a height.</param>
    /// <param name="rowBytes">From one row of <paramref name="source"/> to the next.</param>
    /// <param name="width">Columns of the cut-out, 1 to 65,535.</param>
    /// <param name="height">Rows of the cut-out, 1 to 65,535; with the columns at most <see cref="MaxPixels"/> pixels.</param>
    /// <param name="channels">Bytes of a pixel.</param>
    /// <param name="destination">Receives newHeight · newWidth · channels bytes; does not overlap the source.</param>
    /// <param name="to">Where in <paramref name="destination"/>.</param>
    /// <param name="newWidth">Columns of the result, 1 to 65,535.</param>
    /// <param name="newHeight">Rows of the result, 1 to 65,535.</param>
    /// <remarks>
    /// Lengths are counted in 1/newWidth of an old column and 1/newHeight of an old row, in which every overlap is a whole number, and the
    /// overlaps of a new pixel sum to width · height.
    /// </remarks>
    public static void Area(
        Bytes source, int from, int rowBytes, int width, int height, int channels, Bytes destination, int to, int newWidth, int newHeight)
    {
        for (int c = 0; c < channels; c++)
            Component(source, from + c, rowBytes, channels, width, height, destination, to + c, channels, newWidth, newHeight);
    }

    /// <summary>The same for one component of a picture, whose samples are <paramref name="step"/> bytes apart and get to
    /// <paramref name="newStep"/> bytes apart.</summary>
    public static void Component(
        Bytes source, int from, int rowBytes, int step, int width, int height, Bytes destination, int to, int newStep, int newWidth,
        int newHeight)
    {
        for (int y = 0; y < newHeight; y++)
            for (int x = 0; x < newWidth; x++, to += newStep)
                destination[to] = Mean(source, from, rowBytes, width, height, step, x, y, newWidth, newHeight);
    }

    /// <summary>One sample of the result, at column <paramref name="x"/>, row <paramref name="y"/>.</summary>
    private static byte Mean(
        Bytes source, int from, int rowBytes, int width, int height, int step, int x, int y, int newWidth, int newHeight)
    {
        uint left = (uint)x * (uint)width, right = left + (uint)width, top = (uint)y * (uint)height, bottom = top + (uint)height;
        uint area = (uint)width * (uint)height, sum = area / 2;
        for (uint row = top / (uint)newHeight, rowAt = row * (uint)newHeight; rowAt < bottom; row++, rowAt += (uint)newHeight)
        {
            uint inRow = 0, column = left / (uint)newWidth;
            int at = from + (int)row * rowBytes + (int)column * step;
            for (uint columnAt = column * (uint)newWidth; columnAt < right; columnAt += (uint)newWidth, at += step)
                inRow += source[at] * Overlap(columnAt, columnAt + (uint)newWidth, left, right);
            sum += inRow * Overlap(rowAt, rowAt + (uint)newHeight, top, bottom);
        }
        return (byte)(sum / area);
    }

    /// <summary>Length of what [a, b) and [low, high) share; they touch.</summary>
    private static uint Overlap(uint a, uint b, uint low, uint high) => (b < high ? b : high) - (a > low ? a : low);
}
