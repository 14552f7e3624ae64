namespace EdgeCnn;

/// <summary>
/// The micro-kernel for whole rows of outputs: what <see cref="Tile.Dot"/> and <see cref="Tile.Requantize"/> do one after the other,
/// without sums in memory. This build has none.
/// </summary>
internal static unsafe class RowTile
{
    /// <summary>Whether it serves this many rows, channels and products in a sum.</summary>
    internal static bool Takes(int rowCount, int channels, int depth) => false;

    /// <summary>output[r · outputStride + c] =
    /// clamp(zeroPoint + requantize(bias[c] + Σₖ rows[r · depth + k] · weights[c · depth + k])).</summary>
    internal static void Run(
        Bytes rows, int rowsAt, int rowCount, int depth, Bytes weights, int weightsAt, int channels, Bytes bias, int biasAt,
        Bytes requant, int multiplierAt, int shiftAt, int step, int zeroPoint, int min, int max,
        Bytes output, int outputAt, int outputStride)
    {
    }
}
