using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeCnn;

/// <summary>Arm64 with the dot product extension: int8 activations and weights, <c>sdot</c> adds four products to each of 4 sums.</summary>
internal readonly unsafe struct SdotTile : IChannelTile
{
    private const int GroupStep = 4 * ITile.BlockChannels;

    public static bool IsSupported => Dp.IsSupported && AdvSimd.Arm64.IsSupported;

    public static int Code => TileCode.Sdot;

    public static void Stage(sbyte* from, byte* to, int count) => Arm64Lanes.Copy(from, (sbyte*)to, count);

    public static void Dot(byte** rows, int rowCount, in Runs runs, byte* weights, int* bias, int channels, int* sums)
    {
        nint blockBytes = (nint)runs.AllGroups * GroupStep;
        for (; channels > 0; channels -= ITile.BlockChannels, weights += blockBytes, bias += ITile.BlockChannels)
        {
            for (int r = 0; r < rowCount; r += 4) FourRows(rows + r, runs, (sbyte*)weights, bias, sums + r * ITile.BlockChannels);
            sums += ITile.Rows * ITile.BlockChannels;
        }
    }

    /// <summary>16 chains of 4 sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRows(byte** rows, in Runs runs, sbyte* weights, int* bias, int* sums)
    {
        Vector128<int> a0 = AdvSimd.LoadVector128(bias), a1 = AdvSimd.LoadVector128(bias + 4);
        Vector128<int> a2 = AdvSimd.LoadVector128(bias + 8), a3 = AdvSimd.LoadVector128(bias + 12);
        Vector128<int> b0 = a0, b1 = a1, b2 = a2, b3 = a3, c0 = a0, c1 = a1, c2 = a2, c3 = a3, d0 = a0, d1 = a1, d2 = a2, d3 = a3;
        nint line = 0;
        for (int l = runs.Lines; l > 0; l--, line += runs.LineStep)
        {
            nint run = line;
            for (int p = runs.PerLine; p > 0; p--, run += runs.RunStep)
            {
                nint k = run;
                for (int g = runs.Groups; g > 0; g--, k += 4, weights += GroupStep)
                {
                    Vector128<sbyte> w0 = AdvSimd.LoadVector128(weights), w1 = AdvSimd.LoadVector128(weights + 16);
                    Vector128<sbyte> w2 = AdvSimd.LoadVector128(weights + 32), w3 = AdvSimd.LoadVector128(weights + 48);
                    Vector128<sbyte> x = Four(rows[0] + k);
                    a0 = Dp.DotProduct(a0, w0, x); a1 = Dp.DotProduct(a1, w1, x); a2 = Dp.DotProduct(a2, w2, x); a3 = Dp.DotProduct(a3, w3, x);
                    x = Four(rows[1] + k);
                    b0 = Dp.DotProduct(b0, w0, x); b1 = Dp.DotProduct(b1, w1, x); b2 = Dp.DotProduct(b2, w2, x); b3 = Dp.DotProduct(b3, w3, x);
                    x = Four(rows[2] + k);
                    c0 = Dp.DotProduct(c0, w0, x); c1 = Dp.DotProduct(c1, w1, x); c2 = Dp.DotProduct(c2, w2, x); c3 = Dp.DotProduct(c3, w3, x);
                    x = Four(rows[3] + k);
                    d0 = Dp.DotProduct(d0, w0, x); d1 = Dp.DotProduct(d1, w1, x); d2 = Dp.DotProduct(d2, w2, x); d3 = Dp.DotProduct(d3, w3, x);
                }
            }
        }
        Arm64Lanes.Store(sums, a0, a1, a2, a3);
        Arm64Lanes.Store(sums + 16, b0, b1, b2, b3);
        Arm64Lanes.Store(sums + 32, c0, c1, c2, c3);
        Arm64Lanes.Store(sums + 48, d0, d1, d2, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DotOneRow(byte* row, int groups, sbyte* weights, int* bias, int* sums)
    {
        Vector128<int> a0 = AdvSimd.LoadVector128(bias), a1 = AdvSimd.LoadVector128(bias + 4);
        Vector128<int> a2 = AdvSimd.LoadVector128(bias + 8), a3 = AdvSimd.LoadVector128(bias + 12);
        for (; groups > 0; groups--, row += 4, weights += GroupStep)
        {
            Vector128<sbyte> x = Four(row);
            a0 = Dp.DotProduct(a0, AdvSimd.LoadVector128(weights), x);
            a1 = Dp.DotProduct(a1, AdvSimd.LoadVector128(weights + 16), x);
            a2 = Dp.DotProduct(a2, AdvSimd.LoadVector128(weights + 32), x);
            a3 = Dp.DotProduct(a3, AdvSimd.LoadVector128(weights + 48), x);
        }
        Arm64Lanes.Store(sums, a0, a1, a2, a3);
    }

    public static void Requantize(int* sums, int rows, in Requantization numbers, int first, sbyte* output, nint step, int channels) =>
        Arm64Lanes.Requantize(sums, rows, numbers, first, output, step, channels);

    public static void DepthwiseOutputs(
        byte** rows, int rowCount, nint at, int* taps, int tapCount, short* weights, int* bias, in Requantization numbers, int first,
        sbyte* output, nint step, int channels, int* sums)
    {
        Depthwise(rows, rowCount, at, taps, tapCount, weights, bias, sums);
        Requantize(sums, rowCount, numbers, first, output, step, channels);
    }

    public static void Sum(sbyte* a, int step1, sbyte* b, int step2, sbyte* output, int count, in LinearSum numbers) =>
        Arm64Sums.Of(a, step1, b, step2, output, count, numbers);

    /// <summary>One product per sum and tap: nothing for <c>sdot</c>, so as with AdvSimd, the activations widened here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Depthwise(byte** rows, int rowCount, nint at, int* taps, int tapCount, short* weights, int* bias, int* sums)
    {
        for (int r = 0; r < rowCount; r++, sums += ITile.BlockChannels)
        {
            Vector128<int> a0 = AdvSimd.LoadVector128(bias), a1 = AdvSimd.LoadVector128(bias + 4);
            Vector128<int> a2 = AdvSimd.LoadVector128(bias + 8), a3 = AdvSimd.LoadVector128(bias + 12);
            short* w = weights;
            for (int t = 0; t < tapCount; t++, w += ITile.BlockChannels)
            {
                Vector128<sbyte> x = AdvSimd.LoadVector128((sbyte*)rows[r] + at + taps[t]);
                Vector128<short> x0 = AdvSimd.SignExtendWideningLower(x.GetLower()), x1 = AdvSimd.SignExtendWideningUpper(x);
                Vector128<short> w0 = AdvSimd.LoadVector128(w), w1 = AdvSimd.LoadVector128(w + 8);
                a0 = AdvSimd.MultiplyWideningLowerAndAdd(a0, w0.GetLower(), x0.GetLower());
                a1 = AdvSimd.MultiplyWideningUpperAndAdd(a1, w0, x0);
                a2 = AdvSimd.MultiplyWideningLowerAndAdd(a2, w1.GetLower(), x1.GetLower());
                a3 = AdvSimd.MultiplyWideningUpperAndAdd(a3, w1, x1);
            }
            Arm64Lanes.Store(sums, a0, a1, a2, a3);
        }
    }

    /// <summary>Four activations, in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Four(byte* at) => AdvSimd.LoadAndReplicateToVector128((int*)at).AsSByte();
}
