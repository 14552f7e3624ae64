namespace EdgeCnn;

/// <summary>
/// The micro-kernel: a few rows of int8 activations times a few rows of int8 weights into 32-bit sums. Everything that multiplies
/// by weights goes through it. This is the portable version; its sums are what every other version must equal.
/// </summary>
internal static unsafe class Tile
{
    /// <summary>Rows of activations that one call takes at the most.</summary>
    internal const int Rows = 2;

    /// <summary>Rows of weights (output channels) that one call takes at the most.</summary>
    internal const int Channels = 16;

    /// <summary>
    /// sums[r · channels + c] = Σₖ rows[rowsAt + r · rowStride + k] · weights[weightsAt + c · depth + k], k = 0 … depth − 1. A sum is
    /// taken modulo 2³² and cannot leave the 32 bits while depth ≤ 2³¹ / 2¹⁴ = 131,072.
    /// </summary>
    internal static void Dot(
        Bytes rows, int rowsAt, int rowStride, int rowCount, Bytes weights, int weightsAt, int channels, int depth,
        Bytes sums, int sumsAt)
    {
        int r = 0;
        for (; r + 1 < rowCount; r += 2)
        {
            int row = rowsAt + r * rowStride, sum = sumsAt + 4 * r * channels;
            int c = 0;
            for (; c + 1 < channels; c += 2)
                Dot2x2(rows, row, row + rowStride, weights, weightsAt + c * depth, depth, sums, sum + 4 * c, sum + 4 * (c + channels));
            if (c < channels)
            {
                Memory.SetInt32(sums, sum + 4 * c, Dot1(rows, row, weights, weightsAt + c * depth, depth));
                Memory.SetInt32(sums, sum + 4 * (c + channels), Dot1(rows, row + rowStride, weights, weightsAt + c * depth, depth));
            }
        }
        if (r < rowCount)
            for (int c = 0; c < channels; c++)
                Memory.SetInt32(
                    sums, sumsAt + 4 * (r * channels + c), Dot1(rows, rowsAt + r * rowStride, weights, weightsAt + c * depth, depth));
    }

    /// <summary>
    /// output[c] = clamp(zeroPoint + requantize(sums[c] + bias[c])), c = 0 … count − 1. Multipliers (int32) and shifts (int8) go on by
    /// <paramref name="step"/> elements from channel to channel: 1, or 0 when one serves all.
    /// </summary>
    internal static void Requantize(
        Bytes sums, int sumsAt, int count, Bytes bias, int biasAt, Bytes requant, int multiplierAt, int shiftAt, int step,
        int zeroPoint, int min, int max, Bytes output, int outputAt)
    {
        for (int c = 0; c < count; c++, sumsAt += 4, biasAt += 4, multiplierAt += 4 * step, shiftAt += step)
        {
            int sum = Memory.Int32(sums, sumsAt) + Memory.Int32(bias, biasAt);
            int q = EdgeCnn.Requantize.Multiply(sum, Memory.Int32(requant, multiplierAt), (sbyte)requant[shiftAt]);
            output[outputAt + c] = (byte)EdgeCnn.Requantize.Clamp(q + zeroPoint, min, max);
        }
    }

    /// <summary>Two rows by two channels: each loaded byte is used twice.</summary>
    private static void Dot2x2(
        Bytes rows, int row0, int row1, Bytes weights, int channel0, int depth, Bytes sums, int sum0, int sum1)
    {
        int channel1 = channel0 + depth, s00 = 0, s01 = 0, s10 = 0, s11 = 0;
        for (int k = 0; k < depth; k++)
        {
            int x0 = (sbyte)rows[row0 + k], x1 = (sbyte)rows[row1 + k];
            int w0 = (sbyte)weights[channel0 + k], w1 = (sbyte)weights[channel1 + k];
            s00 += x0 * w0;
            s01 += x0 * w1;
            s10 += x1 * w0;
            s11 += x1 * w1;
        }
        Memory.SetInt32(sums, sum0, s00);
        Memory.SetInt32(sums, sum0 + 4, s01);
        Memory.SetInt32(sums, sum1, s10);
        Memory.SetInt32(sums, sum1 + 4, s11);
    }

    private static int Dot1(Bytes rows, int row, Bytes weights, int channel, int depth)
    {
        int s0 = 0, s1 = 0, k = 0;
        for (; k + 1 < depth; k += 2)
        {
            s0 += (sbyte)rows[row + k] * (sbyte)weights[channel + k];
            s1 += (sbyte)rows[row + k + 1] * (sbyte)weights[channel + k + 1];
        }
        if (k < depth) s0 += (sbyte)rows[row + k] * (sbyte)weights[channel + k];
        return s0 + s1;
    }
}
