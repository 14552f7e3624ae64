using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Initializers;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Every output sees every input: out[o] = bias[o] + Σᵢ in[i] · weights[o, i]. The input may have any shape and is read in the order
/// in which it
/// is stored (height, width, channels).
/// </summary>
/// <remarks>Over a batch X (samples, inputs): forward X·Wᵀ + bias; weights' gradient δᵀ·X; input's gradient δ·W.</remarks>
[Kind("fullyConnected")]
public sealed unsafe class FullyConnected<T> : Layer<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private PointProduct<T> _product = null!;

    /// <summary>A fully connected layer.</summary>
    /// <param name="units">Number of outputs, 1 or more.</param>
    /// <param name="initializer">How the weights start; He normal when absent.</param>
    public FullyConnected(int units, Initializer? initializer = null)
    {
        Units = Require.AtLeast(units, 1, nameof(units));
        Initializer = initializer ?? Initializer;
    }

    /// <summary>Number of outputs.</summary>
    public int Units { get; }

    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
    [
        new(new FullyConnected<T>(1), new(1, 1, 1)),
        new(new FullyConnected<T>(10), new(1, 1, 7)),
        new(new FullyConnected<T>(19), new(2, 3, 4)),
    ];

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => new OperatorForm(FullyConnected.Code, OwnFields.None(), IsVector: true);

    /// <inheritdoc/>
    public override void Forward(LayerWorkspace<T> work) => _product.Forward(work.Input, work.Count, Bias!.Pointer, work.Output, work.Upcoming);

    /// <inheritdoc/>
    public override void Backward(LayerWorkspace<T> work)
    {
        _product.WeightGradient(work.Input, work.OutputGradient, work.Count, work.GradientOf(Weights!), work.Upcoming);
        Loops.SumRows(work.OutputGradient, work.Count, Units, work.GradientOf(Bias!));
        if (work.InputGradient != null)
            _product.InputGradient(work.OutputGradient, work.Count, Weights!.Pointer, work.InputGradient, work.Upcoming);
    }

    /// <inheritdoc/>
    public override void WeightsChanged() => _product.WeightsChanged(Weights!.Pointer);

    /// <inheritdoc/>
    protected override Shape Configure(Shape input)
    {
        Weights = new("weights", true, input.Length, Units, Units, input.Length);
        Bias = new("bias", false, input.Length, Units, Units);
        _product = new PointProduct<T>(input.Length, Units);
        return Shape.Vector(Units);
    }
}
