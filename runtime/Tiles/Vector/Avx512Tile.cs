using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeCnn;

/// <summary>x86 AVX-512BW: int16 pairs, <c>vpmaddwd</c> into 16 sums at a time.</summary>
internal readonly unsafe struct Avx512Tile : ITile
{
    private const int PairBytes = 4, BlockPairBytes = 2 * PairBytes * 8;

    public static bool IsSupported => Avx512BW.IsSupported && Avx512Vbmi.IsSupported;

    public static int Code => TileCode.Avx512;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Stage(sbyte* from, byte* to, int count)
    {
        int i = 0;
        for (; i <= count - 32; i += 32) Avx512BW.ConvertToVector512Int16(Vector256.Load(from + i)).Store((short*)to + i);
        for (; i <= count - 8; i += 8) Sse41.ConvertToVector128Int16(from + i).Store((short*)to + i);
        for (; i < count; i++) ((short*)to)[i] = from[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot(byte** rows, in Runs runs, byte* weights, int* bias, int blocks, int* sums)
    {
        nint blockBytes = (nint)runs.AllGroups * BlockPairBytes;
        for (; blocks >= 2; blocks -= 2, weights += 2 * blockBytes, bias += 32, sums += 256) TwoBlocks(rows, runs, weights, blockBytes, bias, sums);
        if (blocks > 0) OneBlock(rows, runs, weights, bias, sums);
    }

    /// <summary>16 chains of 16 sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoBlocks(byte** rows, in Runs runs, byte* weights, nint blockBytes, int* bias, int* sums)
    {
        Vector512<int> a0 = Vector512.Load(bias), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        Vector512<int> b0 = Vector512.Load(bias + 16), b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0, b6 = b0, b7 = b0;
        byte* x0 = rows[0], x1 = rows[1], x2 = rows[2], x3 = rows[3], x4 = rows[4], x5 = rows[5], x6 = rows[6], x7 = rows[7];
        nint line = 0;
        for (int l = runs.Lines; l > 0; l--, line += runs.LineStep)
        {
            nint run = line;
            for (int p = runs.PerLine; p > 0; p--, run += runs.RunStep)
            {
                nint k = run;
                for (int g = runs.Groups; g > 0; g--, k += PairBytes, weights += BlockPairBytes)
                {
                    Vector512<short> v = Vector512.Load((short*)weights), w = Vector512.Load((short*)(weights + blockBytes)), x;
                    x = Pair(x0 + k); a0 += Products(x, v); b0 += Products(x, w);
                    x = Pair(x1 + k); a1 += Products(x, v); b1 += Products(x, w);
                    x = Pair(x2 + k); a2 += Products(x, v); b2 += Products(x, w);
                    x = Pair(x3 + k); a3 += Products(x, v); b3 += Products(x, w);
                    x = Pair(x4 + k); a4 += Products(x, v); b4 += Products(x, w);
                    x = Pair(x5 + k); a5 += Products(x, v); b5 += Products(x, w);
                    x = Pair(x6 + k); a6 += Products(x, v); b6 += Products(x, w);
                    x = Pair(x7 + k); a7 += Products(x, v); b7 += Products(x, w);
                }
            }
        }
        a0.Store(sums); a1.Store(sums + 16); a2.Store(sums + 32); a3.Store(sums + 48);
        a4.Store(sums + 64); a5.Store(sums + 80); a6.Store(sums + 96); a7.Store(sums + 112);
        sums += ITile.Rows * ITile.BlockChannels;
        b0.Store(sums); b1.Store(sums + 16); b2.Store(sums + 32); b3.Store(sums + 48);
        b4.Store(sums + 64); b5.Store(sums + 80); b6.Store(sums + 96); b7.Store(sums + 112);
    }

    /// <summary>8 chains of 16 sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneBlock(byte** rows, in Runs runs, byte* weights, int* bias, int* sums)
    {
        Vector512<int> a0 = Vector512.Load(bias), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        byte* x0 = rows[0], x1 = rows[1], x2 = rows[2], x3 = rows[3], x4 = rows[4], x5 = rows[5], x6 = rows[6], x7 = rows[7];
        nint line = 0;
        for (int l = runs.Lines; l > 0; l--, line += runs.LineStep)
        {
            nint run = line;
            for (int p = runs.PerLine; p > 0; p--, run += runs.RunStep)
            {
                nint k = run;
                for (int g = runs.Groups; g > 0; g--, k += PairBytes, weights += BlockPairBytes)
                {
                    Vector512<short> v = Vector512.Load((short*)weights);
                    a0 += Products(Pair(x0 + k), v);
                    a1 += Products(Pair(x1 + k), v);
                    a2 += Products(Pair(x2 + k), v);
                    a3 += Products(Pair(x3 + k), v);
                    a4 += Products(Pair(x4 + k), v);
                    a5 += Products(Pair(x5 + k), v);
                    a6 += Products(Pair(x6 + k), v);
                    a7 += Products(Pair(x7 + k), v);
                }
            }
        }
        a0.Store(sums); a1.Store(sums + 16); a2.Store(sums + 32); a3.Store(sums + 48);
        a4.Store(sums + 64); a5.Store(sums + 80); a6.Store(sums + 96); a7.Store(sums + 112);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DotOneRow(byte* row, int groups, sbyte* weights, int* bias, int blocks, int* sums)
    {
        const int step = BlockPairBytes / 2;   // int8 weights
        for (; blocks > 0; blocks--, bias += 16, sums += 16)
        {
            Vector512<int> a0 = Vector512.Load(bias), a1 = default, a2 = default, a3 = default;
            byte* x = row;
            int g = groups;
            for (; g >= 4; g -= 4, x += 4 * PairBytes, weights += 4 * step)
            {
                a0 += Products(Pair(x), Widened(weights));
                a1 += Products(Pair(x + PairBytes), Widened(weights + step));
                a2 += Products(Pair(x + 2 * PairBytes), Widened(weights + 2 * step));
                a3 += Products(Pair(x + 3 * PairBytes), Widened(weights + 3 * step));
            }
            for (; g > 0; g--, x += PairBytes, weights += step) a0 += Products(Pair(x), Widened(weights));
            (a0 + a1 + (a2 + a3)).Store(sums);
        }
    }

    /// <summary>Even and odd channels apart, as 64-bit products; <see cref="Requantization.FastShift"/> has the formula.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Requantize(int* sums, int rows, in Requantization numbers, int first, sbyte* output, nint step, int channels)
    {
        Vector512<int> m = Vector512.Load(numbers.Multipliers + first), mOdd = Odd(m);
        Vector512<int> n = -Avx512F.ConvertToVector512Int32(Vector128.Load(numbers.Shifts + first)), shift = n - Vector512.Create(1);
        Vector512<long> even = Addend(n & Vector512.Create(0xFFFFFFFFL).AsInt32(), numbers.ZeroPoint), odd = Addend(Odd(n), numbers.ZeroPoint);
        Vector512<long> sign = Vector512.Create(numbers.IsRectified ? 0L : 0x80000000L);
        Vector512<int> highHalves = Vector512.Create(1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
        Vector128<sbyte> min = Vector128.Create((sbyte)numbers.Min), max = Vector128.Create((sbyte)numbers.Max);
        for (; rows > 0; rows--, sums += 16, output += step)
        {
            Vector512<int> x = Vector512.Load(sums), xOdd = Odd(x);
            Vector512<long> p = Avx512F.Multiply(x, m) + even - (x.AsInt64() & sign);
            Vector512<long> q = Avx512F.Multiply(xOdd, mOdd) + odd - (xOdd.AsInt64() & sign);
            Vector512<int> high = Avx512F.PermuteVar16x32x2(p.AsInt32(), highHalves, q.AsInt32());
            Vector128<sbyte> y = Avx512F.ConvertToVector128SByteWithSaturation(Avx512F.ShiftRightArithmeticVariable(high, shift.AsUInt32()));
            Bytes128.StoreChannels(Sse41.Min(Sse41.Max(y, min), max), output, channels);
        }
    }

    /// <summary>As with AVX2: interleaving two taps keeps to lanes of 128 bits, so that wider vectors only need more permutations.</summary>
    public static void Depthwise(byte** rows, int rowCount, int* taps, int tapCount, short* weights, int* bias, int* sums) =>
        Avx2Tile.Depthwise(rows, rowCount, taps, tapCount, weights, bias, sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Pair(byte* at) => Vector512.Create(*(int*)at).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Products(Vector512<short> x, Vector512<short> w) => Avx512BW.MultiplyAddAdjacent(x, w);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Widened(sbyte* at) => Avx512BW.ConvertToVector512Int16(Vector256.Load(at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Odd(Vector512<int> x) => (x.AsUInt64() >>> 32).AsInt32();

    /// <summary>2³⁰ + 2³⁰⁺ⁿ + zeroPoint · 2³¹⁺ⁿ, from n in 64-bit lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Addend(Vector512<int> n, int zeroPoint) =>
        Vector512.Create(1L << 30) + Avx512F.ShiftLeftLogicalVariable(Vector512.Create((1L << 30) + ((long)zeroPoint << 31)), n.AsUInt64());
}
