using System.Runtime.Intrinsics;

namespace EdgeCnn;

/// <summary>The way from a lowered operator's sums to its outputs: one multiplier and shift per channel, padded to whole blocks.</summary>
internal readonly unsafe struct Requantization
{
    internal readonly int* Multipliers;
    internal readonly sbyte* Shifts;
    internal readonly int ZeroPoint, Min, Max;

    /// <summary>
    /// Whether all shifts are from −24 to −1. Then with n = −shift both roundings and the zero point are one 64-bit sum:
    /// q = (x·m + 2³⁰ + 2³⁰⁺ⁿ − [x &lt; 0]·2³¹ + zeroPoint·2³¹⁺ⁿ) >> (31 + n), which equals
    /// zeroPoint + <see cref="Requantize.Multiply"/>(x, m, −n) for every x. (Where x &lt; 0 but the rounded product is 0, subtracting
    /// 2³¹ changes nothing: 2ⁿ⁻¹ − 1 is below 2ⁿ still.) It can't overflow: 2⁶² + 2⁶¹ + 2⁶².
    /// </summary>
    internal readonly bool HasFastShifts;

    internal Requantization(Bytes model, int op, Bytes requant, int requantAt, int paddedChannels)
    {
        Multipliers = (int*)(requant + requantAt);
        Shifts = (sbyte*)(Multipliers + paddedChannels);
        ZeroPoint = TensorRecord.ZeroPoint(model, OperatorRecord.Output(model, op));
        Min = Clamp.Min(model, op);
        Max = Clamp.Max(model, op);
        HasFastShifts = true;
        for (int first = 0; first < paddedChannels; first += ITile.BlockChannels)
            HasFastShifts &= Vector128.LessThanAll(*(Vector128<byte>*)(Shifts + first) + Vector128.Create((byte)24), Vector128.Create((byte)24));
    }

    /// <summary>Whether the clamp hides how negative numbers are rounded: q and any lower one become <see cref="Min"/>.</summary>
    internal bool IsRectified => Min >= ZeroPoint;

    /// <summary>A block of sums in the words of <see cref="Requantize"/>, for shifts of any size.</summary>
    internal void Exact(int* sums, int rows, int first, sbyte* output, nint step, int channels)
    {
        for (int r = 0; r < rows; r++, sums += ITile.BlockChannels, output += step)
            for (int c = 0; c < channels; c++) output[c] = Exact(sums[c], first + c);
    }

    /// <summary>clamp(zeroPoint + requantize(sum)) with the channel's multiplier and shift.</summary>
    internal sbyte Exact(int sum, int channel) =>
        (sbyte)Requantize.Clamp(Requantize.Multiply(sum, Multipliers[channel], Shifts[channel]) + ZeroPoint, Min, Max);
}
