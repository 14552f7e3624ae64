using System;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Losses;

/// <summary>½ Σ (y − t)²; δ = y − t.</summary>
[Kind("halfSumOfSquares")]
public sealed class HalfSumOfSquares<T> : Loss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override T Evaluate(ReadOnlySpan<T> output, ReadOnlySpan<T> target, Span<T> gradient) =>
        SquaredError.Evaluate(output, target, gradient, T.One);
}

/// <summary>Mean squared error of n outputs, (1/n) Σ (y − t)²; δ = (2/n)(y − t).</summary>
[Kind("meanSquaredError")]
public sealed class MeanSquaredError<T> : Loss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override T Evaluate(ReadOnlySpan<T> output, ReadOnlySpan<T> target, Span<T> gradient) =>
        SquaredError.Evaluate(output, target, gradient, T.CreateTruncating(2) / T.CreateTruncating(output.Length));
}

internal static class SquaredError
{
    /// <summary>factor · ½ Σ (y − t)²; gradient factor · (y − t).</summary>
    public static T Evaluate<T>(ReadOnlySpan<T> output, ReadOnlySpan<T> target, Span<T> gradient, T factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sum = T.Zero;
        for (var i = 0; i < output.Length; i++)
        {
            var difference = output[i] - target[i];
            gradient[i] = factor * difference;
            sum += difference * difference;
        }

        return factor * sum / T.CreateTruncating(2);
    }
}
