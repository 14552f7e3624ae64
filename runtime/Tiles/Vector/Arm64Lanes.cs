using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeCnn;

/// <summary>What the Arm64 tiles share: storing sums, copying, requantization.</summary>
internal static unsafe class Arm64Lanes
{
    /// <summary>16 sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(int* sums, Vector128<int> s0, Vector128<int> s1, Vector128<int> s2, Vector128<int> s3)
    {
        AdvSimd.Store(sums, s0);
        AdvSimd.Store(sums + 4, s1);
        AdvSimd.Store(sums + 8, s2);
        AdvSimd.Store(sums + 12, s3);
    }

    /// <summary>to[i] = from[i].</summary>
    internal static void Copy(sbyte* from, sbyte* to, int count)
    {
        int i = 0;
        for (; i <= count - 16; i += 16) AdvSimd.Store(to + i, AdvSimd.LoadVector128(from + i));
        for (; i < count; i++) to[i] = from[i];
    }

    /// <summary>
    /// <c>sqrdmulh</c> is the doubling high product with ties up, and <c>srshl</c> by −n adds 2ⁿ⁻¹ before it shifts; subtracting 1 from
    /// negative numbers first, saturating, makes that ties away from zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Requantize(int* sums, int rows, in Requantization numbers, int first, sbyte* output, nint step, int channels)
    {
        Vector128<short> shifts16Low = AdvSimd.SignExtendWideningLower(AdvSimd.LoadVector64(numbers.Shifts + first));
        Vector128<short> shifts16High = AdvSimd.SignExtendWideningLower(AdvSimd.LoadVector64(numbers.Shifts + first + 8));
        Vector128<int> n0 = AdvSimd.SignExtendWideningLower(shifts16Low.GetLower()), n1 = AdvSimd.SignExtendWideningUpper(shifts16Low);
        Vector128<int> n2 = AdvSimd.SignExtendWideningLower(shifts16High.GetLower()), n3 = AdvSimd.SignExtendWideningUpper(shifts16High);
        int* m = numbers.Multipliers + first;
        Vector128<int> m0 = AdvSimd.LoadVector128(m), m1 = AdvSimd.LoadVector128(m + 4);
        Vector128<int> m2 = AdvSimd.LoadVector128(m + 8), m3 = AdvSimd.LoadVector128(m + 12);
        Vector128<int> zero = AdvSimd.DuplicateToVector128(numbers.ZeroPoint);
        Vector128<sbyte> min = AdvSimd.DuplicateToVector128((sbyte)numbers.Min), max = AdvSimd.DuplicateToVector128((sbyte)numbers.Max);
        nint wide = step == channels ? step : 0;
        for (; rows > 0; rows--, sums += 16, output += step)
        {
            Vector128<int> y0 = Of(AdvSimd.LoadVector128(sums), m0, n0, zero), y1 = Of(AdvSimd.LoadVector128(sums + 4), m1, n1, zero);
            Vector128<int> y2 = Of(AdvSimd.LoadVector128(sums + 8), m2, n2, zero), y3 = Of(AdvSimd.LoadVector128(sums + 12), m3, n3, zero);
            Vector128<short> low = AdvSimd.ExtractNarrowingSaturateUpper(AdvSimd.ExtractNarrowingSaturateLower(y0), y1);
            Vector128<short> high = AdvSimd.ExtractNarrowingSaturateUpper(AdvSimd.ExtractNarrowingSaturateLower(y2), y3);
            Vector128<sbyte> q = AdvSimd.ExtractNarrowingSaturateUpper(AdvSimd.ExtractNarrowingSaturateLower(low), high);
            Bytes128.StoreRow(AdvSimd.Min(AdvSimd.Max(q, min), max), output, channels, rows * wide);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Of(Vector128<int> x, Vector128<int> multiplier, Vector128<int> shift, Vector128<int> zero)
    {
        Vector128<int> high = AdvSimd.MultiplyRoundedDoublingSaturateHigh(x, multiplier);
        high = AdvSimd.AddSaturate(high, AdvSimd.ShiftRightArithmetic(high, 31));
        return AdvSimd.AddSaturate(AdvSimd.ShiftArithmeticRounded(high, shift), zero);
    }
}
