using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeCnn;

/// <summary>
/// x86 AVX-512BW: int16 pairs, <c>vpmaddwd</c>. Matrix products stay with 256-bit vectors and use the 32 registers: measured on Zen 4, 97
/// instead of 88 GMAC/s, because additions then find a free pipe more often. What waits for memory is 512 bits wide.
/// </summary>
internal readonly unsafe struct Avx512Tile : IWinogradTile
{
    private const int PairBytes = 4, BlockPairBytes = 2 * PairBytes * 8;

    public static bool IsSupported => Avx512BW.VL.IsSupported;

    public static int Code => TileCode.Avx512;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Stage(sbyte* from, byte* to, int count)
    {
        int i = 0;
        for (; i <= count - 32; i += 32) Avx512BW.ConvertToVector512Int16(Vector256.Load(from + i)).Store((short*)to + i);
        for (; i <= count - 8; i += 8) Sse41.ConvertToVector128Int16(from + i).Store((short*)to + i);
        for (; i < count; i++) ((short*)to)[i] = from[i];
    }

    public static void Dot(byte** rows, int rowCount, in Runs runs, byte* weights, int* bias, int channels, int* sums)
    {
        nint blockBytes = (nint)runs.AllGroups * BlockPairBytes;
        for (; channels > 0; channels -= ITile.BlockChannels, weights += blockBytes, bias += ITile.BlockChannels)
        {
            for (int r = 0; r < rowCount; r += ITile.RowGroup)
            {
                if (channels > 8) SixteenChannels(rows + r, runs, weights, bias, sums + r * ITile.BlockChannels);
                else EightChannels(rows + r, runs, weights, bias, sums + r * ITile.BlockChannels);
            }
            sums += ITile.Rows * ITile.BlockChannels;
        }
    }

    /// <summary>16 chains of 8 sums: with the weights and a broadcast pair, 19 of 32 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SixteenChannels(byte** rows, in Runs runs, byte* weights, int* bias, int* sums)
    {
        Vector256<int> a0 = Vector256.Load(bias), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        Vector256<int> b0 = Vector256.Load(bias + 8), b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0, b6 = b0, b7 = b0;
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
                    Vector256<short> v = Vector256.Load((short*)weights), w = Vector256.Load((short*)weights + 16), x;
                    x = HalfPair(x0 + k); a0 += Products(x, v); b0 += Products(x, w);
                    x = HalfPair(x1 + k); a1 += Products(x, v); b1 += Products(x, w);
                    x = HalfPair(x2 + k); a2 += Products(x, v); b2 += Products(x, w);
                    x = HalfPair(x3 + k); a3 += Products(x, v); b3 += Products(x, w);
                    x = HalfPair(x4 + k); a4 += Products(x, v); b4 += Products(x, w);
                    x = HalfPair(x5 + k); a5 += Products(x, v); b5 += Products(x, w);
                    x = HalfPair(x6 + k); a6 += Products(x, v); b6 += Products(x, w);
                    x = HalfPair(x7 + k); a7 += Products(x, v); b7 += Products(x, w);
                }
            }
        }
        a0.Store(sums); b0.Store(sums + 8);
        a1.Store(sums + 16); b1.Store(sums + 24);
        a2.Store(sums + 32); b2.Store(sums + 40);
        a3.Store(sums + 48); b3.Store(sums + 56);
        a4.Store(sums + 64); b4.Store(sums + 72);
        a5.Store(sums + 80); b5.Store(sums + 88);
        a6.Store(sums + 96); b6.Store(sums + 104);
        a7.Store(sums + 112); b7.Store(sums + 120);
    }

    /// <summary>8 chains of 8 sums, for layers with few output channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightChannels(byte** rows, in Runs runs, byte* weights, int* bias, int* sums)
    {
        Vector256<int> a0 = Vector256.Load(bias), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
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
                    Vector256<short> v = Vector256.Load((short*)weights);
                    a0 += Products(HalfPair(x0 + k), v);
                    a1 += Products(HalfPair(x1 + k), v);
                    a2 += Products(HalfPair(x2 + k), v);
                    a3 += Products(HalfPair(x3 + k), v);
                    a4 += Products(HalfPair(x4 + k), v);
                    a5 += Products(HalfPair(x5 + k), v);
                    a6 += Products(HalfPair(x6 + k), v);
                    a7 += Products(HalfPair(x7 + k), v);
                }
            }
        }
        a0.Store(sums);
        a1.Store(sums + 16);
        a2.Store(sums + 32);
        a3.Store(sums + 48);
        a4.Store(sums + 64);
        a5.Store(sums + 80);
        a6.Store(sums + 96);
        a7.Store(sums + 112);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DotOneRow(byte* row, int groups, sbyte* weights, int* bias, int* sums)
    {
        const int step = BlockPairBytes / 2;   // int8 weights
        Vector512<int> a0 = Vector512.Load(bias), a1 = default, a2 = default, a3 = default;
        for (; groups >= 4; groups -= 4, row += 4 * PairBytes, weights += 4 * step)
        {
            a0 += Products(Pair(row), Widened(weights));
            a1 += Products(Pair(row + PairBytes), Widened(weights + step));
            a2 += Products(Pair(row + 2 * PairBytes), Widened(weights + 2 * step));
            a3 += Products(Pair(row + 3 * PairBytes), Widened(weights + 3 * step));
        }
        for (; groups > 0; groups--, row += PairBytes, weights += step) a0 += Products(Pair(row), Widened(weights));
        (a0 + a1 + (a2 + a3)).Store(sums);
    }

    /// <summary>As with AVX2, which is twice as fast as the same in 512 bits on processors that split those.</summary>
    public static void Requantize(int* sums, int rows, in Requantization numbers, int first, sbyte* output, nint step, int channels) =>
        Avx2Tile.Requantize(sums, rows, numbers, first, output, step, channels);

    public static void Sum(sbyte* a, int step1, sbyte* b, int step2, sbyte* output, int count, in LinearSum numbers) =>
        Avx2Sums.Of(a, step1, b, step2, output, count, numbers);

    public static void Depthwise(byte** rows, int rowCount, nint at, int* taps, int tapCount, short* weights, int* bias, int* sums) =>
        Avx2Depthwise.Sums(rows, rowCount, at, taps, tapCount, weights, bias, sums);

    public static void DepthwiseOutputs(
        byte** rows, int rowCount, nint at, int* taps, int tapCount, short* weights, int* bias, in Requantization numbers, int first,
        sbyte* output, nint step, int channels, int* sums) =>
        Avx2Depthwise.Outputs(rows, rowCount, at, taps, tapCount, weights, bias, numbers, first, output, step, channels);

    public static void WinogradLines(sbyte* d0, sbyte* d1, sbyte* d2, sbyte* d3, int count, short* lines, nint lineStep) =>
        WinogradTransforms.Lines<Avx2WinogradLanes, Vector256<short>, Vector256<int>>(d0, d1, d2, d3, count, lines, lineStep);

    public static void WinogradPatches(short* lines, nint lineStep, int count, int channels, short* patches, nint row) =>
        WinogradTransforms.Patches<Avx2WinogradLanes, Vector256<short>, Vector256<int>>(lines, lineStep, count, channels, patches, row);

    public static void WinogradProducts(short* patches, nint row, int count, int groups, short* weights, int* sums) =>
        Avx512WinogradProducts.Of(patches, row, count, groups, weights, sums);

    public static void WinogradOutputs(int* sums, int count, int* bias, int* outputs) =>
        WinogradTransforms.Outputs<Avx2WinogradLanes, Vector256<short>, Vector256<int>>(sums, count, bias, outputs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Pair(byte* at) => Vector512.Create(*(int*)at).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> HalfPair(byte* at) => Vector256.Create(*(int*)at).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Products(Vector256<short> x, Vector256<short> w) => Avx2.MultiplyAddAdjacent(x, w);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Products(Vector512<short> x, Vector512<short> w) => Avx512BW.MultiplyAddAdjacent(x, w);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Widened(sbyte* at) => Avx512BW.ConvertToVector512Int16(Vector256.Load(at));
}
