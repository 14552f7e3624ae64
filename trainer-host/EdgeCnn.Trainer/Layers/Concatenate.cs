using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Puts the channels of several tensors of one height and width behind each other: out[y, x] = (a[y, x], b[y, x], …). Backward, each
/// receives its piece of δ.
/// </summary>
[Kind("concatenate")]
public sealed unsafe class Concatenate<T> : JoiningLayer<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples => [new(new Concatenate<T>(), new(2, 3, 5)) { Readings = 3 }];

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new JoinForm();

    private int Positions => Output.Height * Output.Width;

    /// <inheritdoc/>
    public override void Forward(LayerWorkspace<T> work)
    {
        var first = 0;
        for (var i = 0; i < Inputs.Count; i++)
        {
            var channels = Inputs[i].Channels;
            Copy(work.InputAt(i), channels, work.Output + first, Output.Channels, channels, work.Count * Positions);
            first += channels;
        }
    }

    /// <inheritdoc/>
    public override void Backward(LayerWorkspace<T> work)
    {
        var first = 0;
        for (var i = 0; i < Inputs.Count; i++)
        {
            var channels = Inputs[i].Channels;
            if (work.InputGradientAt(i) != null)
                Copy(work.OutputGradient + first, Output.Channels, work.InputGradientAt(i), channels, channels, work.Count * Positions);
            first += channels;
        }
    }

    /// <inheritdoc/>
    protected override Shape Join(IReadOnlyList<Shape> inputs)
    {
        if (inputs.FirstOrDefault(shape => shape with { Channels = inputs[0].Channels } != inputs[0]) is var other && other != default)
            throw Require.Refuse("inputs", $"{inputs[0]} and {other} can't be joined; height and width must be equal");
        return inputs[0] with { Channels = inputs.Aggregate(0, (sum, shape) => checked(sum + shape.Channels)) };
    }

    private static void Copy(T* from, int fromRow, T* to, int toRow, int width, int rows)
    {
        for (var row = 0; row < rows; row++, from += fromRow, to += toRow)
            new ReadOnlySpan<T>(from, width).CopyTo(new Span<T>(to, width));
    }
}
