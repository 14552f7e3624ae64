using System;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Losses;

/// <summary>
/// Cross-entropy of outputs that are independent logits: −Σ (tᵢ ln pᵢ + (1 − tᵢ) ln(1 − pᵢ)) with p = 1/(1 + e^−y), computed as
/// max(y, 0) − y·t + ln(1 + e^−|y|), which never overflows; targets from 0 to 1; δ = p − t.
/// </summary>
[Kind("binaryCrossEntropy")]
public sealed class BinaryCrossEntropy<T> : Loss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override T Evaluate(ReadOnlySpan<T> output, ReadOnlySpan<T> target, Span<T> gradient)
    {
        var loss = T.Zero;
        for (var i = 0; i < output.Length; i++)
        {
            var y = output[i];
            gradient[i] = Elementary.Sigmoid(y) - target[i];
            loss += T.Max(y, T.Zero) - y * target[i] + Elementary.Log(T.One + Elementary.Exp(-T.Abs(y)));
        }

        return loss;
    }
}
