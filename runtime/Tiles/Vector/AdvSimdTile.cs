using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace EdgeCnn;

/// <summary>Arm64 AdvSimd: int16 activations and weights, <c>smlal</c> into 4 sums at a time.</summary>
internal readonly unsafe struct AdvSimdTile : IWinogradTile
{
    private const int BlockStep = ITile.BlockChannels;

    public static bool IsSupported => AdvSimd.Arm64.IsSupported;

    public static int Code => TileCode.AdvSimd;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Stage(sbyte* from, byte* to, int count)
    {
        short* wide = (short*)to;
        int i = 0;
        for (; i <= count - 8; i += 8) AdvSimd.Store(wide + i, AdvSimd.SignExtendWideningLower(AdvSimd.LoadVector64(from + i)));
        for (; i < count; i++) wide[i] = from[i];
    }

    public static void Dot(byte** rows, int rowCount, in Runs runs, byte* weights, int* bias, int channels, int* sums)
    {
        nint blockBytes = (nint)runs.AllGroups * BlockStep * sizeof(short);
        for (; channels > 0; channels -= ITile.BlockChannels, weights += blockBytes, bias += ITile.BlockChannels)
        {
            for (int r = 0; r < rowCount; r += 4) FourRows(rows + r, runs, (short*)weights, bias, sums + r * ITile.BlockChannels);
            sums += ITile.Rows * ITile.BlockChannels;
        }
    }

    /// <summary>16 chains of 4 sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRows(byte** rows, in Runs runs, short* weights, int* bias, int* sums)
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
                short* xa = (short*)(rows[0] + run), xb = (short*)(rows[1] + run), xc = (short*)(rows[2] + run), xd = (short*)(rows[3] + run);
                for (int k = 0; k < runs.Groups; k++, weights += BlockStep)
                {
                    Vector128<short> v = AdvSimd.LoadVector128(weights), w = AdvSimd.LoadVector128(weights + 8);
                    Vector128<short> x = AdvSimd.LoadAndReplicateToVector128(xa + k);
                    a0 = Low(a0, v, x); a1 = High(a1, v, x); a2 = Low(a2, w, x); a3 = High(a3, w, x);
                    x = AdvSimd.LoadAndReplicateToVector128(xb + k);
                    b0 = Low(b0, v, x); b1 = High(b1, v, x); b2 = Low(b2, w, x); b3 = High(b3, w, x);
                    x = AdvSimd.LoadAndReplicateToVector128(xc + k);
                    c0 = Low(c0, v, x); c1 = High(c1, v, x); c2 = Low(c2, w, x); c3 = High(c3, w, x);
                    x = AdvSimd.LoadAndReplicateToVector128(xd + k);
                    d0 = Low(d0, v, x); d1 = High(d1, v, x); d2 = Low(d2, w, x); d3 = High(d3, w, x);
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
        short* x = (short*)row;
        for (; groups > 0; groups--, x++, weights += BlockStep)
        {
            Vector128<sbyte> packed = AdvSimd.LoadVector128(weights);
            Vector128<short> v = AdvSimd.SignExtendWideningLower(packed.GetLower()), w = AdvSimd.SignExtendWideningUpper(packed);
            Vector128<short> activation = AdvSimd.LoadAndReplicateToVector128(x);
            a0 = Low(a0, v, activation); a1 = High(a1, v, activation); a2 = Low(a2, w, activation); a3 = High(a3, w, activation);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Depthwise(byte** rows, int rowCount, nint at, int* taps, int tapCount, short* weights, int* bias, int* sums)
    {
        for (int r = 0; r < rowCount; r++, sums += ITile.BlockChannels)
        {
            Vector128<int> a0 = AdvSimd.LoadVector128(bias), a1 = AdvSimd.LoadVector128(bias + 4);
            Vector128<int> a2 = AdvSimd.LoadVector128(bias + 8), a3 = AdvSimd.LoadVector128(bias + 12);
            short* w = weights;
            for (int t = 0; t < tapCount; t++, w += BlockStep)
            {
                short* x = (short*)(rows[r] + at + taps[t]);
                Vector128<short> x0 = AdvSimd.LoadVector128(x), x1 = AdvSimd.LoadVector128(x + 8);
                Vector128<short> w0 = AdvSimd.LoadVector128(w), w1 = AdvSimd.LoadVector128(w + 8);
                a0 = Low(a0, w0, x0); a1 = High(a1, w0, x0); a2 = Low(a2, w1, x1); a3 = High(a3, w1, x1);
            }
            Arm64Lanes.Store(sums, a0, a1, a2, a3);
        }
    }

    public static void WinogradLines(sbyte* d0, sbyte* d1, sbyte* d2, sbyte* d3, int count, short* lines, nint lineStep) =>
        WinogradTransforms.Lines<AdvSimdWinogradLanes, Vector128<short>, Vector128<int>>(d0, d1, d2, d3, count, lines, lineStep);

    public static void WinogradPatches(short* lines, nint lineStep, int count, int channels, short* patches, nint row) =>
        WinogradTransforms.Patches<AdvSimdWinogradLanes, Vector128<short>, Vector128<int>>(lines, lineStep, count, channels, patches, row);

    public static void WinogradProducts(short* patches, nint row, int count, int groups, short* weights, int* sums)
    {
        byte** rows = stackalloc byte*[4];
        int* zeros = stackalloc int[ITile.BlockChannels];
        for (int c = 0; c < ITile.BlockChannels; c++) zeros[c] = 0;
        var run = new Runs(1, 0, 1, 0, groups);
        for (int p = 0; p < Winograd.Positions; p++, patches += Winograd.TilesAtOnce * row, weights += groups * BlockStep)
            for (int first = 0; first < count; first += 4)
            {
                for (int r = 0; r < 4; r++) rows[r] = (byte*)(patches + (first + r) * row);
                FourRows(rows, run, weights, zeros, sums + (p * Winograd.TilesAtOnce + first) * ITile.BlockChannels);
            }
    }

    public static void WinogradOutputs(int* sums, int count, int* bias, int* outputs) =>
        WinogradTransforms.Outputs<AdvSimdWinogradLanes, Vector128<short>, Vector128<int>>(sums, count, bias, outputs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Low(Vector128<int> sum, Vector128<short> w, Vector128<short> x) =>
        AdvSimd.MultiplyWideningLowerAndAdd(sum, w.GetLower(), x.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> High(Vector128<int> sum, Vector128<short> w, Vector128<short> x) =>
        AdvSimd.MultiplyWideningUpperAndAdd(sum, w, x);
}
