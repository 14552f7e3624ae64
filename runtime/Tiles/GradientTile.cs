namespace EdgeCnn;

/// <summary>
/// The micro-kernel of the way back: a row of 8-bit numbers times one error, added to a row of 32-bit sums. Gradients of weights and errors
/// of inputs are sums of such rows. This is the portable version; its sums are what every other version must equal.
/// </summary>
internal static unsafe class GradientTile
{
    /// <summary>sums[k] += factor · row[k], k = 0 … count − 1, modulo 2³².</summary>
    internal static void AddScaled(Bytes sums, int sumsAt, int factor, Bytes row, int rowAt, int count)
    {
        for (int k = 0; k < count; k++, sumsAt += 4)
            Memory.SetInt32(sums, sumsAt, Memory.Int32(sums, sumsAt) + factor * (sbyte)row[rowAt + k]);
    }

    /// <summary>sums[k] += row[k], both 32 bits wide.</summary>
    internal static void Add(Bytes sums, int sumsAt, Bytes row, int rowAt, int count)
    {
        for (int k = 0; k < count; k++) Memory.SetInt32(sums, sumsAt + 4 * k, Memory.Int32(sums, sumsAt + 4 * k) + Memory.Int32(row, rowAt + 4 * k));
    }
}
