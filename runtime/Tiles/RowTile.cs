namespace EdgeCnn;

/// <summary>
/// The micro-kernel for whole rows of outputs: what <see cref="Tile.Dot"/> and <see cref="Tile.Requantize"/> do one after the other. Other
/// versions do it without sums in memory.
/// </summary>
internal static unsafe class RowTile
{
    /// <summary>arena[outputAt + r · outputStride + c] =
    /// clamp(zeroPoint + requantize(bias[c] + Σₖ arena[rowsAt + r · depth + k] · weights[c · depth + k])).</summary>
    /// <param name="sums">Arena offset of room for the sums of a tile.</param>
    internal static void Run(
        Bytes arena, int rowsAt, int rowCount, int depth, Bytes weights, int weightsAt, int channels, Bytes bias, int biasAt,
        Bytes requant, int multiplierAt, int shiftAt, int step, int zeroPoint, int min, int max, int outputAt, int outputStride, int sums)
    {
        for (; rowCount > 0; rowCount -= Tile.Rows, rowsAt += Tile.Rows * depth, outputAt += Tile.Rows * outputStride)
        {
            int rows = rowCount < Tile.Rows ? rowCount : Tile.Rows;
            for (int first = 0; first < channels; first += Tile.Channels)
            {
                int count = channels - first < Tile.Channels ? channels - first : Tile.Channels;
                Tile.Dot(arena, rowsAt, depth, rows, weights, weightsAt + first * depth, count, depth, arena, sums);
                for (int r = 0; r < rows; r++)
                    Tile.Requantize(
                        arena, sums + 4 * r * count, count, bias, biasAt + 4 * first, requant, multiplierAt + 4 * first * step,
                        shiftAt + first * step, step, zeroPoint, min, max, arena, outputAt + r * outputStride + first);
            }
        }
    }
}
