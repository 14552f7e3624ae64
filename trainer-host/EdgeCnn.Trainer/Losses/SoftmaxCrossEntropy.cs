using System;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Losses;

/// <summary>
/// Cross-entropy −Σ tᵢ ln pᵢ of p = softmax(y), pᵢ = e^(yᵢ − max y)/Σⱼ e^(yⱼ − max y); targets sum to 1; δ = p − t.
/// With label smoothing ε (Szegedy et al., 2016) a target of K outputs is (1 − ε)·t + ε/K.
/// </summary>
/// <param name="labelSmoothing">ε, from 0 to 1.</param>
[Kind("softmaxCrossEntropy")]
public sealed class SoftmaxCrossEntropy<T>(double labelSmoothing = 0) : Loss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _smoothing = T.CreateTruncating(Require.Within(labelSmoothing, 0, 1, nameof(labelSmoothing)));

    /// <inheritdoc/>
    public override T Evaluate(ReadOnlySpan<T> output, ReadOnlySpan<T> target, Span<T> gradient)
    {
        var (maximum, sum) = Exponentials(output, gradient);
        var logarithm = Elementary.Log(sum) + maximum;
        var share = _smoothing / T.CreateTruncating(output.Length);
        var loss = T.Zero;
        for (var i = 0; i < output.Length; i++)
        {
            var wanted = target[i] * (T.One - _smoothing) + share;
            gradient[i] = gradient[i] / sum - wanted;
            if (!T.IsZero(wanted))
                loss += wanted * (logarithm - output[i]);
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
