using System;
using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Sum of two tensors of one shape: out = a + b; backward, both receive δ. It closes a residual block (He et al., Deep Residual Learning
/// for Image Recognition, 2016). It runs in place of its first input.
/// </summary>
[Kind("add")]
public sealed unsafe class Add<T> : JoiningLayer<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples => [new(new Add<T>(), new(3, 5, 3)) { Readings = 2 }];

    /// <inheritdoc/>
    public override bool RunsInPlace => true;

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new SumForm();

    /// <inheritdoc/>
    public override void Forward(LayerWorkspace<T> work) =>
        Loops.Add(work.InputAt(0), work.InputAt(1), work.Output, (nint)work.Count * Output.Length);

    /// <inheritdoc/>
    public override void Backward(LayerWorkspace<T> work)
    {
        var length = work.Count * Output.Length;
        var delta = new ReadOnlySpan<T>(work.OutputGradient, length);
        for (var i = 0; i < Inputs.Count; i++)
        {
            if (work.InputGradientAt(i) is var gradient && gradient != null && gradient != work.OutputGradient)
                delta.CopyTo(new Span<T>(gradient, length));
        }
    }

    /// <inheritdoc/>
    protected override Shape Join(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count != 2)
            throw Require.Refuse("inputs", $"add joins two layers, not {inputs.Count}; add the others one by one");
        return inputs[0] == inputs[1]
            ? inputs[0]
            : throw Require.Refuse("inputs", $"{inputs[0]} and {inputs[1]} can't be added; a convolution can make them equal");
    }
}
