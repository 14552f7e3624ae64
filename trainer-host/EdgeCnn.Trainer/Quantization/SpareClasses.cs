using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>
/// Outputs that no class has yet, for classes that a device learns: rows of zero weights in the last fully connected layer, whose bias gives
/// the lowest output there is. They come behind the others, so that they lose even a tie, until they learn.
/// </summary>
public static class SpareClasses
{
    /// <summary>Adds <paramref name="count"/> of them to a model that ends in a fully connected layer, or in a softmax of one.</summary>
    /// <exception cref="ExportException">The model ends in something else.</exception>
    public static void Add(IntegerModel model, int count)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0) return;
        int last = model.Operators.Count - 1 - (model.Operators[^1].Code == Softmax.Code ? 1 : 0);
        IntegerOperator op = model.Operators[last];
        if (op.Code != FullyConnected.Code || op.Weights is not { } weights)
            throw new ExportException("spare classes are rows of a last fully connected layer of 8-bit weights, which the network does not end in");
        QuantizationParameters output = model.Tensors[op.Output].Quantization;
        FixedMultiplier multiplier = weights.Multipliers.MaxBy(Real);
        int depth = weights.Values.Length / weights.Bias.Length, bias = (int)Math.Round((sbyte.MinValue - output.ZeroPoint) / Real(multiplier));
        model.Operators[last] = op with
        {
            Weights = weights with
            {
                Values = [.. weights.Values, .. new sbyte[count * depth]],
                Bias = [.. weights.Bias, .. Enumerable.Repeat(bias, count)],
                Multipliers = weights.Multipliers.Length == 1 ? weights.Multipliers : [.. weights.Multipliers, .. Enumerable.Repeat(multiplier, count)],
            },
        };
        for (int i = last; i < model.Operators.Count; i++)
        {
            IntegerTensor tensor = model.Tensors[model.Operators[i].Output];
            model.Tensors[model.Operators[i].Output] = tensor with { Shape = [.. tensor.Shape.SkipLast(1), tensor.Shape[^1] + count] };
        }
        OutputDescription scores = model.Outputs[0];
        IEnumerable<string> names = Enumerable.Range(1, count).Select(number => FormattableString.Invariant($"spare {number}"));
        if (scores.Labels.Count > 0) model.Outputs[0] = scores with { Labels = [.. scores.Labels, .. names] };
    }

    private static double Real(FixedMultiplier multiplier) => Math.ScaleB(multiplier.Mantissa, multiplier.Shift - 31);
}
