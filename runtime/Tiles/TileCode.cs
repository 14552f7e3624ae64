namespace EdgeCnn;

/// <summary>Which micro-kernel an operator record is laid out for (FORMAT.md, "Lowered operators").</summary>
internal static class TileCode
{
    /// <summary>The portable kernel; every file that leaves the trainer.</summary>
    internal const int Portable = 0;

    /// <summary>x86 AVX2: products of int16 pairs, 8 sums at a time.</summary>
    internal const int Avx2 = 1;

    /// <summary>x86 AVX-512BW: products of int16 pairs, with twice the registers of AVX2.</summary>
    internal const int Avx512 = 2;

    /// <summary>Arm64 AdvSimd: int16 products, widened.</summary>
    internal const int AdvSimd = 3;

    /// <summary>Arm64 with the dot product extension: four int8 products per sum.</summary>
    internal const int Sdot = 4;

    /// <summary>x86 AVX-512 VNNI: four products of int8 weights and activations that are unsigned, per sum. It has only products:
    /// convolutions and fully connected layers.</summary>
    internal const int Vnni = 5;

    /// <summary>The tile for operators that <paramref name="tile"/> has no form for.</summary>
    internal static int Whole(int tile) => tile == Vnni ? Avx512 : tile;

    /// <summary>Neighbouring k of a channel that lie side by side in packed weights.</summary>
    internal static int Group(int tile) => tile is Sdot or Vnni ? 4 : tile == AdvSimd ? 1 : 2;

    /// <summary>Bytes of a staged activation and of a packed convolution weight.</summary>
    internal static int ElementBytes(int tile) => tile is Sdot or Vnni ? 1 : 2;

    /// <summary>What staged activations have more than the input's: 128 makes them unsigned.</summary>
    internal static int Offset(int tile) => tile == Vnni ? 128 : 0;
}
