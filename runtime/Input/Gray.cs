namespace EdgeCnn;

/// <summary>From colour to brightness, in integers.</summary>
public static unsafe class Gray
{
    /// <summary>
    /// gray = (77 · red + 150 · green + 29 · blue + 128) / 256, the luma of ITU-R BT.601 with weights of 8 bits, for
    /// <paramref name="count"/> pixels of three bytes. The result may lie at the start of the source.
    /// </summary>
    public static void FromRgb(Bytes source, int from, Bytes destination, int to, int count)
    {
        for (int i = 0; i < count; i++, from += 3)
            destination[to + i] = (byte)((77 * source[from] + 150 * source[from + 1] + 29 * source[from + 2] + 128) >> 8);
    }
}
