using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeCnn;

/// <summary>
/// Depthwise convolution with AVX2, for the AVX-512 tile too: interleaving keeps to lanes of 128 bits, so wider vectors would only need more
/// permutations. Two taps of 16 channels interleave to pairs of channels 0–3, 8–11 and of 4–7, 12–15; packing the outputs undoes that.
/// </summary>
internal static unsafe class Avx2Depthwise
{
    /// <summary><see cref="IChannelTile.Depthwise"/>: for shifts that <see cref="Outputs"/> does not take, which are rare.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Sums(byte** rows, int rowCount, nint at, int* taps, int tapCount, short* weights, int* bias, int* sums)
    {
        for (; rowCount > 0; rowCount--, rows++, sums += ITile.BlockChannels)
        {
            Vector256<int> a = default, b = default;
            short* w = weights;
            for (int t = 0; t < tapCount; t += 2, w += 32) Add(*rows + at + taps[t], *rows + at + taps[t + 1], w, ref a, ref b);
            (Avx2.Permute2x128(a, b, 0x20) + Vector256.Load(bias)).Store(sums);
            (Avx2.Permute2x128(a, b, 0x31) + Vector256.Load(bias + 8)).Store(sums + 8);
        }
    }

    /// <summary><see cref="IChannelTile.DepthwiseOutputs"/>, four rows at a time; the sums stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Outputs(
        byte** rows, int rowCount, nint at, int* taps, int tapCount, short* weights, int* bias, in Requantization numbers, int first,
        sbyte* output, nint step, int channels)
    {
        Avx2Lanes low = Avx2Lanes.OfHalves(numbers, first), high = Avx2Lanes.OfHalves(numbers, first + 4);
        Vector256<int> lowBias = Avx2Lanes.Halves(bias), highBias = Avx2Lanes.Halves(bias + 4);
        Vector256<sbyte> min = Vector256.Create((sbyte)numbers.Min), max = Vector256.Create((sbyte)numbers.Max);
        bool rectified = numbers.IsRectified;
        nint wide = step == channels ? step : 0;
        for (; rowCount > 0; rowCount -= 4, rows += 4)
        {
            byte* x0 = rows[0] + at, x1 = rows[1] + at, x2 = rows[2] + at, x3 = rows[3] + at;
            Vector256<int> a0 = lowBias, a1 = a0, a2 = a0, a3 = a0, b0 = highBias, b1 = b0, b2 = b0, b3 = b0;
            short* w = weights;
            for (int t = 0; t < tapCount; t += 2, w += 32)
            {
                nint even = taps[t], odd = taps[t + 1];
                Add(x0 + even, x0 + odd, w, ref a0, ref b0);
                Add(x1 + even, x1 + odd, w, ref a1, ref b1);
                Add(x2 + even, x2 + odd, w, ref a2, ref b2);
                Add(x3 + even, x3 + odd, w, ref a3, ref b3);
            }
            Vector256<sbyte> q = rectified
                ? Avx2Lanes.Packed(low.OfPositive(a0), high.OfPositive(b0), low.OfPositive(a1), high.OfPositive(b1))
                : Avx2Lanes.Packed(low.Of(a0), high.Of(b0), low.Of(a1), high.Of(b1));
            Avx2Lanes.StoreRows(InOrder(Avx2.Min(Avx2.Max(q, min), max)), output, step, rowCount, channels, rowCount * wide);
            output += 2 * step;
            if (rowCount <= 2) break;
            q = rectified
                ? Avx2Lanes.Packed(low.OfPositive(a2), high.OfPositive(b2), low.OfPositive(a3), high.OfPositive(b3))
                : Avx2Lanes.Packed(low.Of(a2), high.Of(b2), low.Of(a3), high.Of(b3));
            Avx2Lanes.StoreRows(InOrder(Avx2.Min(Avx2.Max(q, min), max)), output, step, rowCount - 2, channels, (rowCount - 2) * wide);
            output += 2 * step;
        }
    }

    /// <summary>Two taps' products of one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* even, byte* odd, short* w, ref Vector256<int> a, ref Vector256<int> b)
    {
        Vector256<short> u = Vector256.Load((short*)even), v = Vector256.Load((short*)odd);
        a += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(u, v), Vector256.Load(w));
        b += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(u, v), Vector256.Load(w + 16));
    }

    /// <summary>Channels 0–7 of both rows, then channels 8–15 of both, to the first row and then the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> InOrder(Vector256<sbyte> rows) => Avx2.Permute4x64(rows.AsInt64(), 0b11_01_10_00).AsSByte();
}
