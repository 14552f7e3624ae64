using System;
using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Softmax over the channels of each position: pᵢ = e^(xᵢ − max x)/Σⱼ e^(xⱼ − max x); ∂L/∂xᵢ = pᵢ·(δᵢ − Σⱼ δⱼ·pⱼ). At the end of a
/// classifier the loss softmaxCrossEntropy holds it already.
/// </summary>
[Kind("softmax")]
public sealed unsafe class Softmax<T> : Layer<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples => [new(new Softmax<T>(), new(1, 1, 10)), new(new Softmax<T>(), new(2, 3, 4))];

    /// <inheritdoc/>
    public override bool RunsInPlace => true;

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => true;

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new OperatorForm(EdgeCnn.Softmax.Code, OwnFields.None())
    {
        KeepsDimensions = true,
        ForInput = input => (OwnFields.Softmax(input.Scale), QuantizationParameters.Probability),
    };

    /// <inheritdoc/>
    public override void Forward(LayerWorkspace<T> work)
    {
        var channels = Input.Channels;
        for (nint i = 0; i < (nint)work.Count * Input.Length; i += channels)
            SoftmaxCrossEntropy<T>.Softmax(new ReadOnlySpan<T>(work.Input + i, channels), new Span<T>(work.Output + i, channels));
    }

    /// <inheritdoc/>
    public override void Backward(LayerWorkspace<T> work)
    {
        if (work.InputGradient == null)
            return;
        var channels = Input.Channels;
        for (nint i = 0; i < (nint)work.Count * Input.Length; i += channels)
        {
            T* scores = work.Output + i, delta = work.OutputGradient + i, gradient = work.InputGradient + i;
            var mean = T.Zero;
            for (var c = 0; c < channels; c++)
                mean += delta[c] * scores[c];
            for (var c = 0; c < channels; c++)
                gradient[c] = scores[c] * (delta[c] - mean);
        }
    }

    /// <inheritdoc/>
    protected override Shape Configure(Shape input) => input;
}
