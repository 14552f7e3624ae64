using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>One integer operator and the float layers that it stands for.</summary>
/// <param name="Form">What the operator does.</param>
/// <param name="Inputs">The stages that it reads, by their numbers; −1 for the network's input.</param>
/// <param name="Layers">
/// Numbers of the layers that it stands for, the last of which gives its output; none for a change of quantization.
/// </param>
/// <param name="Tensor">Number of the layer whose output is the operator's; −1 for the network's input.</param>
/// <param name="Output">Shape of that output.</param>
public sealed record Stage(IntegerForm Form, IReadOnlyList<int> Inputs, IReadOnlyList<int> Layers, int Tensor, Shape Output)
{
    /// <summary>The operator's weights, or null.</summary>
    public StageWeights? Weights { get; init; }

    /// <summary>Whether factors per channel were folded into the weights.</summary>
    public bool IsScaled { get; init; }

    /// <summary>Lowest output that the fused activations let through.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Highest such output.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>Whether the output has a quantization of its own, made of the range that is observed.</summary>
    public bool IsObserved => Weights is not null || Form is SumForm or JoinForm;

    /// <summary>Whether an activation was fused into it, behind which nothing else can be folded.</summary>
    public bool IsClamped => !double.IsInfinity(Min) || !double.IsInfinity(Max);

    /// <summary>Dimensions of the output tensor of one sample, batch first.</summary>
    /// <param name="input">Dimensions of the first input tensor.</param>
    public IReadOnlyList<int> DimensionsOf(IReadOnlyList<int> input) => Form switch
    {
        OperatorForm form => form.DimensionsOf(input, Output),
        JoinForm => [.. input.SkipLast(1), Output.Channels],
        _ => input,
    };

    /// <summary>The stages of a network, in execution order.</summary>
    /// <exception cref="ExportException">A layer has no integer form, or an activation has no operator before it.</exception>
    public static IReadOnlyList<Stage> Of(Network<float> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new StagePlan(network).Stages;
    }
}
