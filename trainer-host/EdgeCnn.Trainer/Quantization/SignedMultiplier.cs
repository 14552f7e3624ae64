namespace EdgeCnn.Trainer.Quantization;

/// <summary>A real number of either sign as integers hold it: the multiplier of its magnitude, and its sign.</summary>
/// <param name="Magnitude">Its magnitude.</param>
/// <param name="IsNegative">Its sign.</param>
public readonly record struct SignedMultiplier(FixedMultiplier Magnitude, bool IsNegative)
{
    /// <summary>The rounded product; a negative sign goes to <paramref name="x"/> before the product is rounded.</summary>
    public int Multiply(int x) => Requantize.Multiply(IsNegative ? -x : x, Magnitude.Mantissa, Magnitude.Shift);
}
