global using Avx2Tile = EdgeCnn.AbsentTile;
global using Avx512Tile = EdgeCnn.AbsentTile;
global using VnniTile = EdgeCnn.AbsentTile;

namespace EdgeCnn;

/// <summary>Stands for the tiles of other processors, which no file that passes the check is laid out for.</summary>
internal readonly unsafe struct AbsentTile : IWinogradTile
{
    public static bool IsSupported => false;

    public static int Code => TileCode.Portable;

    public static void Stage(sbyte* from, byte* to, int count)
    {
    }

    public static void Dot(byte** rows, int rowCount, in Runs runs, byte* weights, int* bias, int channels, int* sums)
    {
    }

    public static void DotOneRow(byte* row, int groups, sbyte* weights, int* bias, int* sums)
    {
    }

    public static void Requantize(int* sums, int rows, in Requantization numbers, int first, sbyte* output, nint step, int channels)
    {
    }

    public static void Depthwise(byte** rows, int rowCount, nint at, int* taps, int tapCount, short* weights, int* bias, int* sums)
    {
    }

    public static void WinogradLines(sbyte* d0, sbyte* d1, sbyte* d2, sbyte* d3, int count, short* lines, nint lineStep)
    {
    }

    public static void WinogradPatches(short* lines, nint lineStep, int count, int channels, short* patches, nint row)
    {
    }

    public static void WinogradProducts(short* patches, nint row, int count, int groups, short* weights, int* sums)
    {
    }

    public static void WinogradOutputs(int* sums, int count, int* bias, int* outputs)
    {
    }

    public static void DepthwiseOutputs(
        byte** rows, int rowCount, nint at, int* taps, int tapCount, short* weights, int* bias, in Requantization numbers, int first,
        sbyte* output, nint step, int channels, int* sums)
    {
    }

    public static void Sum(sbyte* a, int step1, sbyte* b, int step2, sbyte* output, int count, in LinearSum numbers)
    {
    }
}
