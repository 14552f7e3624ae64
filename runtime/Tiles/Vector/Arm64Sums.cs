using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeCnn;

/// <summary><see cref="IChannelTile.Sum"/> on Arm64: <c>smlal</c> with the factors' high parts and with their low parts.</summary>
internal readonly unsafe struct Arm64Sums
{
    private readonly Vector64<short> _low1, _low2, _high1, _high2;
    private readonly Vector128<int> _lowStart, _highStart, _shift;

    private Arm64Sums(in LinearSum numbers)
    {
        _low1 = Vector128.Create((short)numbers.LowFactors).GetLower();
        _low2 = Vector128.Create((short)(numbers.LowFactors >> 16)).GetLower();
        _high1 = Vector128.Create((short)numbers.HighFactors).GetLower();
        _high2 = Vector128.Create((short)(numbers.HighFactors >> 16)).GetLower();
        _lowStart = AdvSimd.DuplicateToVector128(numbers.LowStart);
        _highStart = AdvSimd.DuplicateToVector128(numbers.HighStart);
        _shift = AdvSimd.DuplicateToVector128(-numbers.HighShift);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Of(sbyte* a, int step1, sbyte* b, int step2, sbyte* output, int count, in LinearSum numbers)
    {
        Vector128<sbyte> constant1 = AdvSimd.DuplicateToVector128(*a), constant2 = AdvSimd.DuplicateToVector128(*b);
        if (step1 == 0) a = (sbyte*)&constant1;
        if (step2 == 0) b = (sbyte*)&constant2;
        nint next1 = step1 * IChannelTile.SumLanes, next2 = step2 * IChannelTile.SumLanes;
        var sums = new Arm64Sums(numbers);
        Vector128<sbyte> min = AdvSimd.DuplicateToVector128((sbyte)numbers.Min), max = AdvSimd.DuplicateToVector128((sbyte)numbers.Max);
        for (; count > 0; count -= IChannelTile.SumLanes, a += next1, b += next2, output += IChannelTile.SumLanes)
        {
            Vector128<sbyte> x = AdvSimd.LoadVector128(a), y = AdvSimd.LoadVector128(b);
            Vector128<short> x0 = AdvSimd.SignExtendWideningLower(x.GetLower()), x1 = AdvSimd.SignExtendWideningUpper(x);
            Vector128<short> y0 = AdvSimd.SignExtendWideningLower(y.GetLower()), y1 = AdvSimd.SignExtendWideningUpper(y);
            Vector128<sbyte> q = AdvSimd.ExtractNarrowingSaturateUpper(
                AdvSimd.ExtractNarrowingSaturateLower(sums.Of(x0, y0)), sums.Of(x1, y1));
            AdvSimd.Store(output, AdvSimd.Min(AdvSimd.Max(q, min), max));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<short> Of(Vector128<short> x, Vector128<short> y) => AdvSimd.ExtractNarrowingSaturateUpper(
        AdvSimd.ExtractNarrowingSaturateLower(Four(x.GetLower(), y.GetLower())), Four(x.GetUpper(), y.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<int> Four(Vector64<short> x, Vector64<short> y)
    {
        Vector128<int> low = Products(_lowStart, x, y, _low1, _low2), high = Products(_highStart, x, y, _high1, _high2);
        return AdvSimd.ShiftArithmetic(high + AdvSimd.ShiftRightArithmetic(low, LinearSum.LowBits), _shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Products(
        Vector128<int> sum, Vector64<short> x, Vector64<short> y, Vector64<short> factor1, Vector64<short> factor2) =>
        AdvSimd.MultiplyWideningLowerAndAdd(AdvSimd.MultiplyWideningLowerAndAdd(sum, x, factor1), y, factor2);
}
