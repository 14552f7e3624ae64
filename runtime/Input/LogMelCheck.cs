namespace EdgeCnn;

/// <summary>Rules of a log-mel block, so that <see cref="LogMel"/> reads nothing outside it and never divides by zero.</summary>
internal static unsafe class LogMelCheck
{
    /// <summary>Largest gain: 24 bits, which with 27 of the level fit 64.</summary>
    internal const int MaxGain = 1 << 24;

    /// <summary>Largest magnitude of the base: ln 2⁶³ is 43.7.</summary>
    internal const int MaxBase = 64 << 20;

    /// <summary>Offset, from the block's start, of the first field that breaks a rule; −1 when none does.</summary>
    /// <param name="bytes">Holds the block.</param>
    /// <param name="block">Where it starts, a multiple of 4.</param>
    /// <param name="limit">Bytes from there to the end of what may be read.</param>
    /// <param name="elements">Pixels of the picture.</param>
    internal static int Fault(Bytes bytes, int block, int limit, int elements)
    {
        if (limit < LogMelRecord.HeaderBytes || bytes[block + LogMelRecord.KindAt] != LogMelRecord.LogMelKind) return LogMelRecord.KindAt;
        int bits = LogMelRecord.SizeBits(bytes, block);
        if (bits < LogMelRecord.MinSizeBits || bits > LogMelRecord.MaxSizeBits) return LogMelRecord.SizeBitsAt;
        int length = LogMelRecord.FrameLength(bytes, block), bands = LogMelRecord.Bands(bytes, block);
        if (length == 0 || length > 1 << bits) return LogMelRecord.FrameLengthAt;
        if (LogMelRecord.Hop(bytes, block) == 0) return LogMelRecord.HopAt;
        if (bands == 0 || LogMelRecord.TotalBytes(bytes, block) > limit) return LogMelRecord.BandsAt;
        if (LogMelRecord.Rate(bytes, block) <= 0) return LogMelRecord.RateAt;
        int frames = LogMelRecord.Frames(bytes, block);
        // Below 2¹³ frames of below 2¹⁶ samples, offsets of samples fit 32 bits.
        if (frames == 0 || frames >= 1 << 13 || elements % bands != 0 || elements / bands != frames) return LogMelRecord.FramesAt;
        if (Memory.UInt16(bytes, block + LogMelRecord.PaddingAt) != 0) return LogMelRecord.PaddingAt;
        int lowest = LogMelRecord.Base(bytes, block), gain = LogMelRecord.Gain(bytes, block);
        if (lowest < -MaxBase || lowest > MaxBase) return LogMelRecord.BaseAt;
        if (gain <= 0 || gain > MaxGain) return LogMelRecord.GainAt;
        return EdgeFault(bytes, block, bands, LogMelRecord.EdgeUnits << (bits - 1));
    }

    /// <summary>Edges ascend and end at or below half the rate.</summary>
    private static int EdgeFault(Bytes bytes, int block, int bands, int highest)
    {
        int edges = LogMelRecord.Edges(bytes, block), before = -1;
        for (int i = 0; i < bands + 2; i++)
        {
            int edge = Memory.UInt16(bytes, edges + 2 * i);
            if (edge <= before || edge > highest) return edges + 2 * i - block;
            before = edge;
        }
        return -1;
    }
}
