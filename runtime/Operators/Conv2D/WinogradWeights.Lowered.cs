namespace EdgeCnn;

/// <summary>The kernels of <see cref="Winograd"/>, transformed when a model is lowered: U = (2G) g (2G)ᵀ.</summary>
internal static unsafe class WinogradWeights
{
    /// <summary>Writes weights[channel][3][3][k] as packed[block][position][group][channel of the block][k of the group], zeros where there
    /// is no channel or no k.</summary>
    internal static void Pack(sbyte* weights, int channels, int depth, int group, short* packed)
    {
        int groups = (depth + group - 1) / group;
        nint position = (nint)groups * group * ITile.BlockChannels;
        for (int first = 0; first < channels; first += ITile.BlockChannels, packed += Winograd.Positions * position)
            for (int k = 0; k < groups * group; k++)
                for (int c = 0; c < ITile.BlockChannels; c++)
                {
                    bool isThere = first + c < channels && k < depth;
                    sbyte* kernel = weights + (nint)(first + c) * Winograd.Taps * depth + k;
                    short* at = packed + k / group * group * ITile.BlockChannels + c * group + k % group;
                    for (int p = 0; p < Winograd.Positions; p++) at[p * position] = isThere ? Transform(kernel, depth, p) : (short)0;
                }
    }

    /// <summary>One of the 16 transformed taps; those of a kernel row lie <paramref name="step"/> apart. In −1,152 … 1,152.</summary>
    private static short Transform(sbyte* kernel, int step, int position)
    {
        int row = position / 4, column = position % 4;
        int above = Row(kernel[0], kernel[step], kernel[2 * step], column);
        kernel += 3 * step;
        int middle = Row(kernel[0], kernel[step], kernel[2 * step], column);
        kernel += 3 * step;
        return (short)Row(above, middle, Row(kernel[0], kernel[step], kernel[2 * step], column), row);
    }

    /// <summary>Row <paramref name="row"/> of 2G times (a, b, c).</summary>
    private static int Row(int a, int b, int c, int row) => row switch
    {
        0 => 2 * a,
        1 => a + b + c,
        2 => a - b + c,
        _ => 2 * c,
    };
}
