using System.Runtime;
using System.Runtime.CompilerServices;

namespace EdgeCnn;

/// <summary>The micro-kernel of runtime/Tiles/Tile.cs for processors with the DSP extension: the same sums, from dot.S. On the way to
/// outputs <see cref="RowTile"/> makes its own.</summary>
internal static unsafe class Tile
{
    /// <summary>Rows of activations that one call takes at the most.</summary>
    internal const int Rows = 2;

    /// <summary>Rows of weights (output channels) that one call takes at the most.</summary>
    internal const int Channels = 16;

    /// <summary>sums[r · channels + c] = Σₖ rows[rowsAt + r · rowStride + k] · weights[weightsAt + c · depth + k].</summary>
    internal static void Dot(
        byte* rows, int rowsAt, int rowStride, int rowCount, byte* weights, int weightsAt, int channels, int depth, byte* sums, int sumsAt)
    {
        int* sum = (int*)(sums + sumsAt);
        for (; rowCount > 0; rowCount--, rowsAt += rowStride)
            for (int c = 0; c < channels; c++) *sum++ = Dot(rows + rowsAt, weights + weightsAt + c * depth, depth);
    }

    /// <summary>Σₖ row[k] · weights[k].</summary>
    [RuntimeImport("*", "dot"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern int Dot(byte* row, byte* weights, int depth);
}
