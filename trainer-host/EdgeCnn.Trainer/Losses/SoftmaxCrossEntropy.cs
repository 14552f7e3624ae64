using System;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Losses;

/// <summary>
/// Cross-entropy −Σ tᵢ ln pᵢ of p = softmax(y), pᵢ = e^(yᵢ − max y)/Σⱼ e^(yⱼ − max y); targets sum to 1; δ = p − t.
/// </summary>
[Kind("softmaxCrossEntropy")]
public sealed class SoftmaxCrossEntropy<T> : Loss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override T Evaluate(ReadOnlySpan<T> output, ReadOnlySpan<T> target, Span<T> gradient)
    {
        var (maximum, sum) = Exponentials(output, gradient);
        var logarithm = Elementary.Log(sum) + maximum;
        var loss = T.Zero;
        for (var i = 0; i < output.Length; i++)
        {
            gradient[i] = gradient[i] / sum - target[i];
            if (!T.IsZero(target[i]))
                loss += target[i] * (logarithm - output[i]);
        }

        return loss;
    }

    /// <summary>The scores p = softmax(y) of one sample; both spans may be the same.</summary>
    public static void Softmax(ReadOnlySpan<T> output, Span<T> scores)
    {
        var (_, sum) = Exponentials(output, scores);
        foreach (ref var score in scores)
            score /= sum;
    }

    private static (T Maximum, T Sum) Exponentials(ReadOnlySpan<T> output, Span<T> exponentials)
    {
        var maximum = output[0];
        foreach (var value in output)
            maximum = T.Max(maximum, value);
        var sum = T.Zero;
        for (var i = 0; i < output.Length; i++)
        {
            exponentials[i] = Elementary.Exp(output[i] - maximum);
            sum += exponentials[i];
        }

        return (maximum, sum);
    }
}
