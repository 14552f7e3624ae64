namespace EdgeCnn;

/// <summary>
/// A tile whose products are of 16 bits: it also has the four steps of <see cref="Winograd"/>, each for at most <see cref="Winograd.TilesAtOnce"/>
/// output tiles. How the steps' memory is laid out is told by <see cref="WinogradScratch"/>.
/// </summary>
internal unsafe interface IWinogradTile : IChannelTile
{
    /// <summary>
    /// Bᵀd of four neighbouring rows of the image, element by element over pixels and channels: line 0 is d0 − d2, line 1 is d1 + d2,
    /// line 2 is d2 − d1, line 3 is d1 − d3. In −256 … 255.
    /// </summary>
    /// <param name="lineStep">Elements from one line to the next.</param>
    static abstract void WinogradLines(sbyte* d0, sbyte* d1, sbyte* d2, sbyte* d3, int count, short* lines, nint lineStep);

    /// <summary>
    /// (Bᵀd)B of neighbouring patches, two pixels apart: patches[4i + j, t, c] from pixels 2t to 2t + 3 of line i, as
    /// <see cref="WinogradLines"/> from rows. In −512 … 510.
    /// </summary>
    /// <param name="channels">Channels of a pixel. Whole vectors are read and written: up to 15 elements more.</param>
    /// <param name="row">Elements from one patch to the next.</param>
    static abstract void WinogradPatches(short* lines, nint lineStep, int count, int channels, short* patches, nint row);

    /// <summary>
    /// sums[p, t, c] = Σₖ patches[p, t, k] · weights[p, c, k] modulo 2³² for all 16 positions p and a block of 16 channels; for
    /// <paramref name="count"/> tiles, rounded up to a multiple of 4.
    /// </summary>
    /// <param name="groups">Groups of k.</param>
    /// <param name="weights">Packed: position by position, as <see cref="ITile.Dot"/> has a run.</param>
    static abstract void WinogradProducts(short* patches, nint row, int count, int groups, short* weights, int* sums);

    /// <summary>
    /// From the sums of tiles to those of their outputs, 16 channels: with m the 4×4 sums of tile t,
    /// outputs[y, 2t + x, c] = ((Aᵀm)A)[y, x] / 4 + bias[c].
    /// </summary>
    static abstract void WinogradOutputs(int* sums, int count, int* bias, int* outputs);
}
