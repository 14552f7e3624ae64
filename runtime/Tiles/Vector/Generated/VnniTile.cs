using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeCnn;

/// <summary>
/// x86 AVX-512 VNNI, <c>vpdpbusd</c>: four products of unsigned activations and signed weights for each of 16 sums, twice as many a
/// cycle as with <see cref="Avx512Tile"/>: on Zen 4 up to 230 GMAC/s instead of 97. .NET 10 has the instruction only in the form of
/// AVX-VNNI, which the first processors with AVX-512 VNNI lack: so the loops around it are <see cref="VnniCode"/>, written to memory when
/// the tile is first asked for.
/// <para>
/// Activations are staged as q + 128, which is q ^ 0x80; Σ (q + 128)·w = Σ q·w + 128·Σw, and <see cref="PackedRows.PackRequant"/> takes
/// 128·Σw from the biases.
/// </para>
/// </summary>
internal readonly unsafe struct VnniTile : ITile
{
    /// <summary>CPUID leaf 7, ECX: AVX512_VNNI.</summary>
    private const int VnniBit = 11;

    /// <summary>Called without leaving the collector's care: a call is for <see cref="ITile.RowGroup"/> rows and takes
    /// microseconds.</summary>
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint*, void> s_oneBlock, s_twoBlocks, s_oneRow;

    static VnniTile()
    {
        if (!Avx512BW.VL.IsSupported || !X86Base.X64.IsSupported || (X86Base.CpuId(7, 0).Ecx >> VnniBit & 1) == 0) return;
        s_oneBlock = (delegate* unmanaged[SuppressGCTransition]<nint*, void>)ExecutableMemory.TryPlace(VnniCode.RowGroup(1));
        s_twoBlocks = (delegate* unmanaged[SuppressGCTransition]<nint*, void>)ExecutableMemory.TryPlace(VnniCode.RowGroup(2));
        s_oneRow = (delegate* unmanaged[SuppressGCTransition]<nint*, void>)ExecutableMemory.TryPlace(VnniCode.OneRow());
    }

    public static bool IsSupported => s_oneBlock != null && s_twoBlocks != null && s_oneRow != null;

    public static int Code => TileCode.Vnni;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Stage(sbyte* from, byte* to, int count)
    {
        Vector512<byte> sign = Vector512.Create((byte)0x80);
        int i = 0;
        for (; i <= count - 64; i += 64) (Vector512.Load((byte*)from + i) ^ sign).Store(to + i);
        for (; i <= count - 16; i += 16) (Vector128.Load((byte*)from + i) ^ sign.GetLower().GetLower()).Store(to + i);
        for (; i < count; i++) to[i] = (byte)(from[i] ^ 0x80);
    }

    public static void Dot(byte** rows, int rowCount, in Runs runs, byte* weights, int* bias, int channels, int* sums)
    {
        nint* call = stackalloc nint[VnniCode.Slots];
        call[VnniCode.Weights] = (nint)weights;
        call[VnniCode.Bias] = (nint)bias;
        call[VnniCode.BlockBytes] = (nint)runs.AllGroups * TileCode.Group(TileCode.Vnni) * ITile.BlockChannels;
        call[VnniCode.Lines] = runs.Lines;
        call[VnniCode.LineStep] = runs.LineStep;
        call[VnniCode.PerLine] = runs.PerLine;
        call[VnniCode.RunStep] = runs.RunStep;
        call[VnniCode.RunBytes] = (nint)runs.Groups * TileCode.Group(TileCode.Vnni);
        for (int r = 0; r < rowCount; r += ITile.RowGroup)
        {
            call[VnniCode.Rows] = (nint)(rows + r);
            call[VnniCode.Sums] = (nint)(sums + r * ITile.BlockChannels);
            if (channels > ITile.BlockChannels) s_twoBlocks(call);
            else s_oneBlock(call);
        }
    }

    public static void DotOneRow(byte* row, int groups, sbyte* weights, int* bias, int* sums)
    {
        nint* call = stackalloc nint[VnniCode.Slots];
        call[VnniCode.Rows] = (nint)row;
        call[VnniCode.Weights] = (nint)weights;
        call[VnniCode.Bias] = (nint)bias;
        call[VnniCode.Sums] = (nint)sums;
        call[VnniCode.Fours] = groups >> 2;
        call[VnniCode.Ones] = groups & 3;
        s_oneRow(call);
    }

    public static void Requantize(int* sums, int rows, in Requantization numbers, int first, sbyte* output, nint step, int channels) =>
        Avx2Tile.Requantize(sums, rows, numbers, first, output, step, channels);
}
