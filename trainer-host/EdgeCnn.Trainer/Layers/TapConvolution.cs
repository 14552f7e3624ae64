using System.Numerics;
using EdgeCnn.Trainer.Initializers;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Layers;

/// <summary>A convolution over lines or volumes: out[p, o] = bias[o] + Σ in[p + tap, c] · weights[o, tap, c], over taps and c.</summary>
public abstract unsafe class TapConvolution<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private TapProduct<T> _product = null!;

    private protected TapConvolution(int filters, Initializer? initializer)
    {
        Filters = Require.AtLeast(filters, 1, nameof(filters));
        Initializer = initializer ?? Initializer;
    }

    /// <summary>Number of output channels.</summary>
    public int Filters { get; }

    /// <inheritdoc/>
    public sealed override int ScratchLength => _product.ScratchLength;

    /// <inheritdoc/>
    public sealed override void Forward(LayerWorkspace<T> work) => _product.Forward(work, Bias!.Pointer);

    /// <inheritdoc/>
    public sealed override void Backward(LayerWorkspace<T> work) =>
        _product.Backward(work, Weights!.Pointer, work.GradientOf(Weights!), work.GradientOf(Bias!));

    /// <inheritdoc/>
    public sealed override void WeightsChanged() => _product.WeightsChanged(Weights!.Pointer);

    /// <summary>Makes products and parameters.</summary>
    /// <param name="table">The windows.</param>
    /// <param name="input">The layer's input.</param>
    /// <param name="kernel">The kernel's sizes, outermost first.</param>
    private protected void Prepare(TapTable table, Shape input, params int[] kernel)
    {
        _product = new TapProduct<T>(table, input, Filters, 1);
        Weights = new("weights", true, _product.Depth, Filters * table.Taps, [Filters, .. kernel, input.Channels]);
        Bias = new("bias", false, _product.Depth, Filters * table.Taps, Filters);
    }
}
