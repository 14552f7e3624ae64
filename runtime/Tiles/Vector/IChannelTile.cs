namespace EdgeCnn;

/// <summary>A tile that also has what goes channel by channel: depthwise convolution, and the sum of two tensors.</summary>
internal unsafe interface IChannelTile : ITile
{
    /// <summary>Elements that <see cref="Sum"/> adds at once.</summary>
    const int SumLanes = 16;

    /// <summary>
    /// Depthwise: sums[r, c] = bias[c] + Σ over taps t of activation[rows[r] + at + taps[t] + c] · weights[t, c] for 16 channels.
    /// </summary>
    /// <param name="rows">Where each row's window begins.</param>
    /// <param name="rowCount">Rows to compute, at most <see cref="ITile.Rows"/>.</param>
    /// <param name="at">Byte distance of the block's first channel.</param>
    /// <param name="taps">Byte distance of each tap from the window's begin; an even number of them where <see cref="TileCode.Group"/> is 2.</param>
    /// <param name="tapCount">Number of taps.</param>
    /// <param name="weights">Tap by tap (two taps side by side where <see cref="TileCode.Group"/> is 2) 16 channels, int16.</param>
    static abstract void Depthwise(byte** rows, int rowCount, nint at, int* taps, int tapCount, short* weights, int* bias, int* sums);

    /// <summary><see cref="Depthwise"/>, then <see cref="ITile.Requantize"/>; a table of rows is filled up to a multiple of
    /// <see cref="ITile.RowGroup"/>.</summary>
    static abstract void DepthwiseOutputs(
        byte** rows, int rowCount, nint at, int* taps, int tapCount, short* weights, int* bias, in Requantization numbers, int first,
        sbyte* output, nint step, int channels, int* sums);

    /// <summary>
    /// output[i] = <see cref="LinearSum.Of"/>(a[i · step1], b[i · step2]), each step 0 or 1; in place if need be.
    /// </summary>
    /// <param name="count">A multiple of <see cref="SumLanes"/>.</param>
    static abstract void Sum(sbyte* a, int step1, sbyte* b, int step2, sbyte* output, int count, in LinearSum numbers);
}
