using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeCnn;

/// <summary>
/// From 8 sums to 8 outputs before the clamp, even and odd lanes apart as 64-bit products; <see cref="Requantization.HasFastShifts"/> has
/// the formula.
/// </summary>
internal readonly unsafe struct Avx2Lanes
{
    private readonly Vector256<int> _multiplier, _multiplierOdd, _shift;
    private readonly Vector256<long> _even, _odd;

    /// <summary>Eight neighbouring channels, a channel per lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Avx2Lanes(in Requantization numbers, int first)
        : this(Vector256.Load(numbers.Multipliers + first), -Avx2.ConvertToVector256Int32(numbers.Shifts + first), numbers.ZeroPoint)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Avx2Lanes(Vector256<int> multiplier, Vector256<int> n, int zeroPoint)
    {
        _multiplier = multiplier;
        _multiplierOdd = Odd(multiplier);
        _shift = n - Vector256.Create(1);
        _even = Addend(n & Vector256.Create(0xFFFFFFFFL).AsInt32(), zeroPoint);
        _odd = Addend(Odd(n), zeroPoint);
    }

    /// <summary>One channel in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Avx2Lanes OfChannel(in Requantization numbers, int channel) =>
        new(Vector256.Create(numbers.Multipliers[channel]), Vector256.Create(-numbers.Shifts[channel]), numbers.ZeroPoint);

    /// <summary>Four neighbouring channels, and four that are eight further.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Avx2Lanes OfHalves(in Requantization numbers, int first)
    {
        sbyte* shifts = numbers.Shifts + first;
        return new(
            Halves(numbers.Multipliers + first),
            -Vector256.Create(Sse41.ConvertToVector128Int32(shifts), Sse41.ConvertToVector128Int32(shifts + 8)), numbers.ZeroPoint);
    }

    /// <summary>Four neighbouring numbers, and four that are eight further.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<int> Halves(int* at) => Vector256.Create(Vector128.Load(at), Vector128.Load(at + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<int> Of(Vector256<int> x)
    {
        Vector256<int> xOdd = Odd(x);
        Vector256<long> sign = Vector256.Create(0x80000000L);
        return Rounded(
            Avx2.Multiply(x, _multiplier) + _even - (x.AsInt64() & sign),
            Avx2.Multiply(xOdd, _multiplierOdd) + _odd - (xOdd.AsInt64() & sign));
    }

    /// <summary>Without the term for negative sums: right for all others, and not above the zero point for these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<int> OfPositive(Vector256<int> x) =>
        Rounded(Avx2.Multiply(x, _multiplier) + _even, Avx2.Multiply(Odd(x), _multiplierOdd) + _odd);

    /// <summary>Two rows of 16 numbers as int8, saturated; the order is that of packing in lanes of 128 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<sbyte> Packed(Vector256<int> low0, Vector256<int> high0, Vector256<int> low1, Vector256<int> high1) =>
        Avx2.PackSignedSaturate(Avx2.PackSignedSaturate(low0, high0), Avx2.PackSignedSaturate(low1, high1));

    /// <summary><see cref="Bytes128.StoreRow"/> of two rows of 16 values, or of the first where <paramref name="rows"/> is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreRows(Vector256<sbyte> values, sbyte* output, nint step, int rows, int channels, nint room)
    {
        Bytes128.StoreRow(values.GetLower(), output, channels, room);
        if (rows > 1) Bytes128.StoreRow(values.GetUpper(), output + step, channels, room - step);
    }

    /// <summary>The products' high halves in order, which AVX-512 gathers with one instruction, and the shift that is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<int> Rounded(Vector256<long> even, Vector256<long> odd) => Avx2.ShiftRightArithmeticVariable(
        Avx512F.VL.IsSupported
            ? Avx512F.VL.PermuteVar8x32x2(even.AsInt32(), Vector256.Create(1, 9, 3, 11, 5, 13, 7, 15), odd.AsInt32())
            : Avx2.Blend((even.AsUInt64() >>> 32).AsInt32(), odd.AsInt32(), 0b10101010),
        _shift.AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Odd(Vector256<int> x) => (x.AsUInt64() >>> 32).AsInt32();

    /// <summary>2³⁰ + 2³⁰⁺ⁿ + zeroPoint · 2³¹⁺ⁿ, from n in 64-bit lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Addend(Vector256<int> n, int zeroPoint) =>
        Vector256.Create(1L << 30) + Avx2.ShiftLeftLogicalVariable(Vector256.Create((1L << 30) + ((long)zeroPoint << 31)), n.AsUInt64());
}
