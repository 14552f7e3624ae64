using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>The mean of each channel: out[c] = (1/n) Σ in[p, c] over all n positions p. Backward, every position receives δ/n.</summary>
[Kind("globalAveragePool")]
public sealed unsafe class GlobalAveragePool<T> : Layer<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
        [new(new GlobalAveragePool<T>(), new(4, 3, 5)), new(new GlobalAveragePool<T>(), new(1, 1, 9))];

    /// <inheritdoc/>
    public override bool BackwardReadsInput => false;

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new OperatorForm(
        AveragePool.Code, OwnFields.Of(Input.Height, Input.Width, 1, 1, 0, 0, 1, 1));

    /// <inheritdoc/>
    public override void Forward(LayerWorkspace<T> work)
    {
        var positions = T.CreateTruncating(Input.Positions);
        for (var sample = 0; sample < work.Count; sample++)
        {
            var output = work.Output + (nint)sample * Output.Length;
            Loops.SumRows(work.Input + (nint)sample * Input.Length, Input.Positions, Input.Channels, output);
            for (var channel = 0; channel < Input.Channels; channel++)
                output[channel] /= positions;
        }
    }

    /// <inheritdoc/>
    public override void Backward(LayerWorkspace<T> work)
    {
        if (work.InputGradient == null)
            return;
        var positions = T.CreateTruncating(Input.Positions);
        var gradient = work.InputGradient;
        for (var sample = 0; sample < work.Count; sample++)
        {
            var delta = work.OutputGradient + (nint)sample * Output.Length;
            for (var position = 0; position < Input.Positions; position++, gradient += Input.Channels)
            {
                for (var channel = 0; channel < Input.Channels; channel++)
                    gradient[channel] = delta[channel] / positions;
            }
        }
    }

    /// <inheritdoc/>
    protected override Shape Configure(Shape input) =>
        !input.IsVolume
            ? Shape.Vector(input.Channels)
            : throw Require.Refuse("input", $"{input} is a volume; reshape it to an image before");
}
