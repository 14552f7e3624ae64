namespace EdgeCnn;

/// <summary>Copies parts of an image, line by line.</summary>
internal static unsafe class LineTile
{
    /// <summary>Copies <paramref name="lines"/> lines of <paramref name="count"/> bytes, one of each at least, which begin
    /// <paramref name="line"/> bytes apart where they are read, and <paramref name="pitch"/> apart where they are written.</summary>
    internal static void Copy(Bytes arena, int from, int line, int to, int pitch, int count, int lines)
    {
        for (; lines > 0; lines--, from += line, to += pitch) Memory.Copy(arena, from, arena, to, count);
    }
}
