namespace EdgeCnn;

/// <summary>
/// The micro-kernel for one instruction set. Activations come staged: as int8, as uint8 with <see cref="TileCode.Offset"/>, or
/// sign-extended to int16, with the padding around them. Weights come packed: blocks of <see cref="BlockChannels"/> output channels, and
/// within a block, group by group of <see cref="TileCode.Group"/> neighbouring k, the group's weights of channel 0, of channel 1, …
/// Operators are written once over this interface; the type parameter is resolved at compile time.
/// </summary>
internal unsafe interface ITile
{
    /// <summary>Output channels of a block.</summary>
    const int BlockChannels = 16;

    /// <summary>Most rows of activations per call: enough that what is prepared for a call does not count.</summary>
    const int Rows = 32;

    /// <summary>Rows that are computed together; a table of rows is filled up to a multiple of it.</summary>
    const int RowGroup = 8;

    /// <summary>Whether this processor has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>One of the constants of <see cref="TileCode"/>.</summary>
    static abstract int Code { get; }

    /// <summary>to[i] = from[i] + <see cref="TileCode.Offset"/>, as the staged element.</summary>
    static abstract void Stage(sbyte* from, byte* to, int count);

    /// <summary>
    /// sums[b, r, c] = bias[b, c] + Σ over runs and k of row r's staged activations times the packed weights of block b, channel c,
    /// for <paramref name="rowCount"/> rows, rounded up to whole <see cref="RowGroup"/>s.
    /// </summary>
    /// <param name="rows">Where each row's first run begins.</param>
    /// <param name="rowCount">1 to <see cref="Rows"/>.</param>
    /// <param name="runs">How a row's activations lie in memory.</param>
    /// <param name="weights">Packed weights of the blocks, one block after the other.</param>
    /// <param name="bias">16 per block.</param>
    /// <param name="channels">Output channels of the blocks, 1 to 32: two blocks where there are more than 16.</param>
    /// <param name="sums">Blocks × <see cref="Rows"/> × 16.</param>
    static abstract void Dot(byte** rows, int rowCount, in Runs runs, byte* weights, int* bias, int channels, int* sums);

    /// <summary>One row whose activations are contiguous, times int8 weights: what a fully connected layer does for one image, where
    /// the time goes into reading weights. sums[c] = bias[c] + Σₖ row[k] · weights[c, k] for one block.</summary>
    static abstract void DotOneRow(byte* row, int groups, sbyte* weights, int* bias, int* sums);

    /// <summary>
    /// output[r · step + c] = clamp(zeroPoint + requantize(sums[r, c])) for the first <paramref name="channels"/> of 16 channels.
    /// Shifts are <see cref="Requantization.HasFastShifts"/>.
    /// </summary>
    static abstract void Requantize(int* sums, int rows, in Requantization numbers, int first, sbyte* output, nint step, int channels);
}
