using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeCnn;

/// <summary>
/// <see cref="IChannelTile.Sum"/> with AVX2: the operands interleaved as int16 pairs, so that <c>vpmaddwd</c> adds both products; once with the
/// factors' high parts, once with their low parts. Interleaving and packing both keep to lanes of 128 bits: the order stays.
/// </summary>
internal static unsafe class Avx2Sums
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Of(sbyte* a, int step1, sbyte* b, int step2, sbyte* output, int count, in LinearSum numbers)
    {
        Vector128<sbyte> constant1 = Vector128.Create(*a), constant2 = Vector128.Create(*b);
        if (step1 == 0) a = (sbyte*)&constant1;
        if (step2 == 0) b = (sbyte*)&constant2;
        nint next1 = step1 * IChannelTile.SumLanes, next2 = step2 * IChannelTile.SumLanes;
        Vector256<short> low = Vector256.Create(numbers.LowFactors).AsInt16(), high = Vector256.Create(numbers.HighFactors).AsInt16();
        Vector256<int> lowStart = Vector256.Create(numbers.LowStart), highStart = Vector256.Create(numbers.HighStart);
        Vector128<int> shift = Vector128.CreateScalar(numbers.HighShift);
        Vector128<sbyte> min = Vector128.Create((sbyte)numbers.Min), max = Vector128.Create((sbyte)numbers.Max);
        for (; count > 0; count -= IChannelTile.SumLanes, a += next1, b += next2, output += IChannelTile.SumLanes)
        {
            Vector256<short> x = Avx2.ConvertToVector256Int16(a), y = Avx2.ConvertToVector256Int16(b);
            Vector256<short> u = Avx2.UnpackLow(x, y), v = Avx2.UnpackHigh(x, y);
            Vector256<int> s = Avx2.MultiplyAddAdjacent(u, low) + lowStart, t = Avx2.MultiplyAddAdjacent(v, low) + lowStart;
            s = (s >> LinearSum.LowBits) + (Avx2.MultiplyAddAdjacent(u, high) + highStart);
            t = (t >> LinearSum.LowBits) + (Avx2.MultiplyAddAdjacent(v, high) + highStart);
            Vector256<short> q = Avx2.PackSignedSaturate(Avx2.ShiftRightArithmetic(s, shift), Avx2.ShiftRightArithmetic(t, shift));
            Vector128<sbyte> bytes = Sse2.PackSignedSaturate(q.GetLower(), q.GetUpper());
            *(Vector128<sbyte>*)output = Sse41.Min(Sse41.Max(bytes, min), max);
        }
    }
}
