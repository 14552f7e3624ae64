using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeCnn;

/// <summary>x86 AVX2: int16 pairs, <c>vpmaddwd</c> into 8 sums at a time.</summary>
internal readonly unsafe struct Avx2Tile : ITile
{
    private const int PairBytes = 4, BlockPairBytes = 2 * PairBytes * 8;

    public static bool IsSupported => Avx2.IsSupported;

    public static int Code => TileCode.Avx2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Stage(sbyte* from, byte* to, int count)
    {
        int i = 0;
        for (; i <= count - 16; i += 16) Avx2.ConvertToVector256Int16(from + i).Store((short*)to + i);
        for (; i <= count - 8; i += 8) Sse41.ConvertToVector128Int16(from + i).Store((short*)to + i);
        for (; i < count; i++) ((short*)to)[i] = from[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot(byte** rows, in Runs runs, byte* weights, int* bias, int blocks, int* sums)
    {
        nint blockBytes = (nint)runs.AllGroups * BlockPairBytes;
        for (; blocks > 0; blocks--, weights += blockBytes, bias += 16, sums += ITile.Rows * ITile.BlockChannels)
        {
            FourRows(rows, runs, weights, bias, sums);
            FourRows(rows + 4, runs, weights, bias, sums + 64);
        }
    }

    /// <summary>8 chains of 8 sums: with the weights and a broadcast pair, 11 of 16 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRows(byte** rows, in Runs runs, byte* weights, int* bias, int* sums)
    {
        Vector256<int> a0 = Vector256.Load(bias), a1 = a0, a2 = a0, a3 = a0;
        Vector256<int> b0 = Vector256.Load(bias + 8), b1 = b0, b2 = b0, b3 = b0;
        byte* x0 = rows[0], x1 = rows[1], x2 = rows[2], x3 = rows[3];
        nint line = 0;
        for (int l = runs.Lines; l > 0; l--, line += runs.LineStep)
        {
            nint run = line;
            for (int p = runs.PerLine; p > 0; p--, run += runs.RunStep)
            {
                nint k = run;
                for (int g = runs.Groups; g > 0; g--, k += PairBytes, weights += BlockPairBytes)
                {
                    Vector256<short> v = Vector256.Load((short*)weights), w = Vector256.Load((short*)weights + 16), x;
                    x = Pair(x0 + k); a0 += Products(x, v); b0 += Products(x, w);
                    x = Pair(x1 + k); a1 += Products(x, v); b1 += Products(x, w);
                    x = Pair(x2 + k); a2 += Products(x, v); b2 += Products(x, w);
                    x = Pair(x3 + k); a3 += Products(x, v); b3 += Products(x, w);
                }
            }
        }
        a0.Store(sums); b0.Store(sums + 8);
        a1.Store(sums + 16); b1.Store(sums + 24);
        a2.Store(sums + 32); b2.Store(sums + 40);
        a3.Store(sums + 48); b3.Store(sums + 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DotOneRow(byte* row, int groups, sbyte* weights, int* bias, int blocks, int* sums)
    {
        for (; blocks > 0; blocks--, bias += 16, sums += 16)
        {
            Vector256<int> a0 = Vector256.Load(bias), b0 = Vector256.Load(bias + 8), a1 = default, b1 = default;
            byte* x = row;
            int g = groups;
            for (; g >= 2; g -= 2, x += 2 * PairBytes, weights += BlockPairBytes)
            {
                Vector256<short> u = Pair(x), v = Pair(x + PairBytes);
                a0 += Products(u, Avx2.ConvertToVector256Int16(weights));
                b0 += Products(u, Avx2.ConvertToVector256Int16(weights + 16));
                a1 += Products(v, Avx2.ConvertToVector256Int16(weights + 32));
                b1 += Products(v, Avx2.ConvertToVector256Int16(weights + 48));
            }
            if (g > 0)
            {
                a0 += Products(Pair(x), Avx2.ConvertToVector256Int16(weights));
                b0 += Products(Pair(x), Avx2.ConvertToVector256Int16(weights + 16));
                weights += BlockPairBytes / 2;
            }
            (a0 + a1).Store(sums);
            (b0 + b1).Store(sums + 8);
        }
    }

    /// <summary>Even and odd channels apart, as 64-bit products; <see cref="Requantization.FastShift"/> has the formula.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Requantize(int* sums, int rows, in Requantization numbers, int first, sbyte* output, nint step, int channels)
    {
        var low = new Lanes(numbers, first);
        var high = new Lanes(numbers, first + 8);
        Vector128<sbyte> min = Vector128.Create((sbyte)numbers.Min), max = Vector128.Create((sbyte)numbers.Max);
        for (; rows > 0; rows--, sums += 16, output += step)
        {
            Vector256<short> y = Avx2.PackSignedSaturate(low.Of(Vector256.Load(sums)), high.Of(Vector256.Load(sums + 8)));
            y = Avx2.Permute4x64(y.AsInt64(), 0b11_01_10_00).AsInt16();
            Vector128<sbyte> q = Sse2.PackSignedSaturate(y.GetLower(), y.GetUpper());
            Bytes128.StoreChannels(Sse41.Min(Sse41.Max(q, min), max), output, channels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Depthwise(byte** rows, int rowCount, int* taps, int tapCount, short* weights, int* bias, int* sums)
    {
        for (int r = 0; r < rowCount; r++, sums += 16)
        {
            byte* x = rows[r];
            Vector256<int> low = default, high = default;
            short* w = weights;
            for (int t = 0; t < tapCount; t += 2, w += 32)
            {
                Vector256<short> u = Vector256.Load((short*)(x + taps[t])), v = Vector256.Load((short*)(x + taps[t + 1]));
                low += Products(Avx2.UnpackLow(u, v), Vector256.Load(w));
                high += Products(Avx2.UnpackHigh(u, v), Vector256.Load(w + 16));
            }
            // Interleaving works in lanes of 128 bits: the sums are those of channels 0–3, 8–11 and 4–7, 12–15.
            (Avx2.Permute2x128(low, high, 0x20) + Vector256.Load(bias)).Store(sums);
            (Avx2.Permute2x128(low, high, 0x31) + Vector256.Load(bias + 8)).Store(sums + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Pair(byte* at) => Vector256.Create(*(int*)at).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Products(Vector256<short> x, Vector256<short> w) => Avx2.MultiplyAddAdjacent(x, w);

    /// <summary>Multiplier, addend and shift of 8 channels.</summary>
    private readonly struct Lanes
    {
        private readonly Vector256<int> _multiplier, _multiplierOdd, _shift;
        private readonly Vector256<long> _even, _odd, _sign;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Lanes(in Requantization numbers, int first)
        {
            _multiplier = Vector256.Load(numbers.Multipliers + first);
            _multiplierOdd = Odd(_multiplier);
            Vector256<int> n = -Avx2.ConvertToVector256Int32(numbers.Shifts + first);
            _shift = n - Vector256.Create(1);
            _even = Addend(n & Vector256.Create(0xFFFFFFFFL).AsInt32(), numbers.ZeroPoint);
            _odd = Addend(Odd(n), numbers.ZeroPoint);
            _sign = Vector256.Create(numbers.IsRectified ? 0L : 0x80000000L);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Vector256<int> Of(Vector256<int> x)
        {
            Vector256<int> xOdd = Odd(x);
            Vector256<long> p = Avx2.Multiply(x, _multiplier) + _even - (x.AsInt64() & _sign);
            Vector256<long> q = Avx2.Multiply(xOdd, _multiplierOdd) + _odd - (xOdd.AsInt64() & _sign);
            Vector256<int> high = Avx2.Blend((p.AsUInt64() >>> 32).AsInt32(), q.AsInt32(), 0b10101010);
            return Avx2.ShiftRightArithmeticVariable(high, _shift.AsUInt32());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<int> Odd(Vector256<int> x) => (x.AsUInt64() >>> 32).AsInt32();

        /// <summary>2³⁰ + 2³⁰⁺ⁿ + zeroPoint · 2³¹⁺ⁿ, from n in 64-bit lanes.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<long> Addend(Vector256<int> n, int zeroPoint) =>
            Vector256.Create(1L << 30) + Avx2.ShiftLeftLogicalVariable(Vector256.Create((1L << 30) + ((long)zeroPoint << 31)), n.AsUInt64());
    }
}
