using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeCnn;

/// <summary>x86 AVX2: int16 pairs, <c>vpmaddwd</c> into 8 sums at a time.</summary>
internal readonly unsafe struct Avx2Tile : IWinogradTile
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

    public static void Dot(byte** rows, int rowCount, in Runs runs, byte* weights, int* bias, int channels, int* sums)
    {
        nint blockBytes = (nint)runs.AllGroups * BlockPairBytes;
        for (; channels > 0; channels -= ITile.BlockChannels, weights += blockBytes, bias += ITile.BlockChannels)
        {
            for (int r = 0; r < rowCount; r += 4) FourRows(rows + r, runs, weights, bias, sums + r * ITile.BlockChannels);
            sums += ITile.Rows * ITile.BlockChannels;
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
    public static void DotOneRow(byte* row, int groups, sbyte* weights, int* bias, int* sums)
    {
        Vector256<int> a0 = Vector256.Load(bias), b0 = Vector256.Load(bias + 8), a1 = default, b1 = default;
        for (; groups >= 2; groups -= 2, row += 2 * PairBytes, weights += BlockPairBytes)
        {
            Vector256<short> u = Pair(row), v = Pair(row + PairBytes);
            a0 += Products(u, Avx2.ConvertToVector256Int16(weights));
            b0 += Products(u, Avx2.ConvertToVector256Int16(weights + 16));
            a1 += Products(v, Avx2.ConvertToVector256Int16(weights + 32));
            b1 += Products(v, Avx2.ConvertToVector256Int16(weights + 48));
        }
        if (groups > 0)
        {
            a0 += Products(Pair(row), Avx2.ConvertToVector256Int16(weights));
            b0 += Products(Pair(row), Avx2.ConvertToVector256Int16(weights + 16));
        }
        (a0 + a1).Store(sums);
        (b0 + b1).Store(sums + 8);
    }

    public static void Requantize(int* sums, int rows, in Requantization numbers, int first, sbyte* output, nint step, int channels)
    {
        if (channels > 8) SixteenChannels(sums, rows, numbers, first, output, step, channels);
        else EightChannels(sums, rows, numbers, first, output, step, channels);
    }

    /// <summary>Two rows at a time: they are packed together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SixteenChannels(int* sums, int rows, in Requantization numbers, int first, sbyte* output, nint step, int channels)
    {
        var low = new Avx2Lanes(numbers, first);
        var high = new Avx2Lanes(numbers, first + 8);
        Vector256<sbyte> min = Vector256.Create((sbyte)numbers.Min), max = Vector256.Create((sbyte)numbers.Max);
        bool rectified = numbers.IsRectified;
        nint wide = step == channels ? step : 0;
        // Packing keeps to lanes of 128 bits: channels 0–3, 8–11 of both rows, then 4–7, 12–15.
        Vector256<int> inOrder = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7);
        for (; rows > 0; rows -= 2, sums += 32, output += 2 * step)
        {
            int* next = rows > 1 ? sums + 16 : sums;
            Vector256<int> a = Vector256.Load(sums), b = Vector256.Load(sums + 8), c = Vector256.Load(next), d = Vector256.Load(next + 8);
            Vector256<sbyte> q = rectified
                ? Avx2Lanes.Packed(low.OfPositive(a), high.OfPositive(b), low.OfPositive(c), high.OfPositive(d))
                : Avx2Lanes.Packed(low.Of(a), high.Of(b), low.Of(c), high.Of(d));
            q = Avx2.PermuteVar8x32(q.AsInt32(), inOrder).AsSByte();
            Avx2Lanes.StoreRows(Avx2.Min(Avx2.Max(q, min), max), output, step, rows, channels, rows * wide);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightChannels(int* sums, int rows, in Requantization numbers, int first, sbyte* output, nint step, int channels)
    {
        var lanes = new Avx2Lanes(numbers, first);
        Vector128<sbyte> min = Vector128.Create((sbyte)numbers.Min), max = Vector128.Create((sbyte)numbers.Max);
        nint wide = step == channels ? step : 0;
        for (; rows > 0; rows--, sums += 16, output += step)
        {
            Vector256<int> y = lanes.Of(Vector256.Load(sums));
            Vector128<short> s = Sse2.PackSignedSaturate(y.GetLower(), y.GetUpper());
            Bytes128.StoreRow(Sse41.Min(Sse41.Max(Sse2.PackSignedSaturate(s, s), min), max), output, channels, rows * wide);
        }
    }

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
        Avx2WinogradProducts.Of(patches, row, count, groups, weights, sums);

    public static void WinogradOutputs(int* sums, int count, int* bias, int* outputs) =>
        WinogradTransforms.Outputs<Avx2WinogradLanes, Vector256<short>, Vector256<int>>(sums, count, bias, outputs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Pair(byte* at) => Vector256.Create(*(int*)at).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Products(Vector256<short> x, Vector256<short> w) => Avx2.MultiplyAddAdjacent(x, w);
}
