namespace EdgeCnn;

/// <summary>
/// The scratch memory of <see cref="Winograd"/>: parts that follow each other in the order of their offsets here, the first at a multiple
/// of 64 in memory and the others at one from it, so that no vector crosses a cache line.
/// </summary>
internal readonly struct WinogradScratch
{
    private const int Alignment = 64;

    /// <summary>Bytes of the sums of products, int32 [position][tile][channel], which begin the memory.</summary>
    private const int SumBytes = Winograd.Positions * 4 * Winograd.TilesAtOnce * ITile.BlockChannels;

    /// <summary>Where the sums of outputs are, int32 [row][pixel][channel].</summary>
    internal const int OutputsAt = SumBytes;

    /// <summary>Where the transformed patches are, int16 [position][tile][<see cref="PatchRow"/>].</summary>
    internal const int PatchesAt = OutputsAt + 2 * 2 * 4 * Winograd.TilesAtOnce * ITile.BlockChannels;

    /// <summary>Channels of a patch, filled up to whole vectors.</summary>
    internal readonly int PatchRow;

    /// <summary>Elements of a line: its pixels, which are those that a row of tiles reaches, times channels.</summary>
    internal readonly long LineStep;

    /// <summary>Where the four lines are, int16, and behind them what the last vector may read too.</summary>
    internal readonly long LinesAt;

    /// <summary>Where a row of the image is that holds nothing but its zero point.</summary>
    internal readonly long ZerosAt;

    /// <summary>All of it, and what its alignment may take.</summary>
    internal readonly long Bytes;

    internal WinogradScratch(in PaddedWindow window)
    {
        PatchRow = (int)Align(window.Channels, Winograd.VectorChannels);
        LineStep = (Winograd.Tiles(window.OutputWidth) * 2L + 2) * window.Channels;
        LinesAt = PatchesAt + (long)Winograd.Positions * Winograd.TilesAtOnce * PatchRow * sizeof(short);
        ZerosAt = LinesAt + Align((4 * LineStep + Winograd.VectorChannels) * sizeof(short), Alignment);
        Bytes = Align(ZerosAt + (long)window.Width * window.Channels, Alignment) + Alignment;
    }

    /// <summary>Where the parts begin.</summary>
    internal static unsafe byte* Begin(byte* scratch) => (byte*)Align((long)scratch, Alignment);

    private static long Align(long value, int alignment) => (value + alignment - 1) & -(long)alignment;
}
