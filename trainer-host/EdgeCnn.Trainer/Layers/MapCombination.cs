using System;
using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Initializers;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Learned combinations of maps (Bouvrie, <i>Notes on convolutional neural networks</i>, 2006, section 3.4): every input map i has one
/// kernel kᵢ, and every output map j mixes the results, y[p, j] = b[j] + Σᵢ α[j, i]·(xᵢ ∗ kᵢ)[p]. The shares α[j, ·] are softmax of c[j,
/// ·], so they are positive and sum to 1.
/// </summary>
/// <remarks>
/// It is a convolution by α[j, i]·kᵢ, and W being its weights, ∂L/∂kᵢ = Σⱼ α[j, i]·∂L/∂W[j, ·, i], ∂L/∂α[j, i] = Σ over the taps of
/// kᵢ·∂L/∂W[j, ·, i], ∂L/∂c[j, i] = α[j, i]·(∂L/∂α[j, i] − Σₖ α[j, k]·∂L/∂α[j, k]). Under softmax Σ|α| is always 1 and a penalty on it has
/// no gradient; so the penalty belongs to free shares.
/// </remarks>
[Kind("mapCombination")]
public sealed unsafe class MapCombination<T> : Layer<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _filters;
    private readonly Extent _kernel;
    private readonly Extent _stride;
    private readonly Padding _padding;
    private readonly bool _softmax;
    private readonly double _sparsity;
    private Window _window = null!;
    private TapProduct<T> _product = null!;
    private Parameter<T> _mixing = null!;
    private Block<T> _shares = null!;
    private Block<T> _combined = null!;

    /// <summary>A combination into <paramref name="filters"/> output maps.</summary>
    /// <param name="filters">Number of output maps, 1 or more.</param>
    /// <param name="kernel">Size of the kernels.</param>
    /// <param name="stride">Distance between windows; 1×1 when absent.</param>
    /// <param name="padding">Zeros around the input; none when absent.</param>
    /// <param name="softmax">Whether the shares are held positive with the sum 1; false: they are free.</param>
    /// <param name="sparsity">Strength of a penalty Σ|α| on free shares, 0 or more.</param>
    /// <param name="initializer">How kernels and shares start; He normal when absent.</param>
    public MapCombination(
        int filters, Extent kernel, Extent? stride = null, Padding padding = default, bool softmax = true, double sparsity = 0,
        Initializer? initializer = null)
    {
        _filters = Require.AtLeast(filters, 1, nameof(filters));
        (_kernel, _stride, _padding, _softmax) = (kernel, stride ?? new Extent(1, 1), padding, softmax);
        _sparsity = Require.AtLeast(sparsity, 0, nameof(sparsity));
        if (softmax && sparsity > 0)
            throw Require.Refuse(nameof(sparsity), "under softmax shares sum to 1 and a penalty does nothing; set softmax to false");
        Initializer = initializer ?? Initializer;
    }

    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
    [
        new(new MapCombination<T>(3, new(2, 2)), new(4, 3, 2)),
        new(new MapCombination<T>(2, new(3, 3), new(2, 1), Padding.SameSize, softmax: false), new(5, 4, 9)),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Parameter<T>> Parameters => [Weights!, _mixing, Bias!];

    /// <summary>The shares α (filters, input maps) as they are now.</summary>
    public ReadOnlySpan<T> Shares => _shares.Span;

    /// <summary>A convolution by the kernels as they are mixed.</summary>
    public override IntegerForm? IntegerForm => new OperatorForm(Conv2D.Code, OwnFields.Of(_window));

    /// <summary>α[j, i]·kᵢ: (filters, kernel height, kernel width, input maps).</summary>
    public override ReadOnlySpan<T> OperatorWeights => _combined.Span[..(_filters * _product.Depth)];

    /// <inheritdoc/>
    public override int ScratchLength => checked(_product.ScratchLength + _combined.Length);

    /// <inheritdoc/>
    public override void Forward(LayerWorkspace<T> work) => _product.Forward(work, Bias!.Pointer);

    /// <inheritdoc/>
    public override void Backward(LayerWorkspace<T> work)
    {
        var combined = work.Scratch + _product.ScratchLength;
        _product.Backward(work, _combined.Pointer, combined, work.GradientOf(Bias!));
        int maps = Input.Channels, area = _kernel.Height * _kernel.Width;
        T* kernelGradient = work.GradientOf(Weights!), mixingGradient = work.GradientOf(_mixing);
        new Span<T>(kernelGradient, Weights!.Length).Clear();
        new Span<T>(mixingGradient, _mixing.Length).Clear();
        for (var j = 0; j < _filters; j++)
        {
            for (var tap = 0; tap < area; tap++)
            {
                for (var i = 0; i < maps; i++, combined++)
                {
                    kernelGradient[tap * maps + i] += _shares.Pointer[j * maps + i] * *combined;
                    mixingGradient[j * maps + i] += Weights.Pointer[tap * maps + i] * *combined;
                }
            }

            if (_softmax)
                ThroughSoftmax(_shares.Span.Slice(j * maps, maps), new Span<T>(mixingGradient + j * maps, maps));
        }
    }

    /// <inheritdoc/>
    public override void WeightsChanged()
    {
        int maps = Input.Channels, area = _kernel.Height * _kernel.Width;
        for (var j = 0; j < _filters; j++)
        {
            var mixing = _mixing.Values.Slice(j * maps, maps);
            var shares = _shares.Span.Slice(j * maps, maps);
            if (_softmax)
                Losses.SoftmaxCrossEntropy<T>.Softmax(mixing, shares);
            else
                mixing.CopyTo(shares);
            for (var k = 0; k < area * maps; k++)
                _combined.Pointer[j * area * maps + k] = shares[k % maps] * Weights!.Pointer[k];
        }

        _product.WeightsChanged(_combined.Pointer);
    }

    /// <inheritdoc/>
    protected override Shape Configure(Shape input)
    {
        _window = new Window(input, _kernel, _stride, _padding);
        _product = new TapProduct<T>(new TapTable(_window), input, _filters, 1);
        var area = _kernel.Height * _kernel.Width;
        Weights = new("kernels", true, area, _filters * area, _kernel.Height, _kernel.Width, input.Channels);
        _mixing = new Parameter<T>("mixing", true, input.Channels, _filters, _filters, input.Channels) { Decays = false, L1 = _sparsity };
        Bias = new("bias", false, _product.Depth, _filters * area, _filters);
        (_shares, _combined) = (new Block<T>(_mixing.Length), new Block<T>((long)_filters * _product.Depth));
        return new Shape(_window.OutputHeight, _window.OutputWidth, _filters);
    }

    /// <summary>From ∂L/∂α to ∂L/∂c of one output map.</summary>
    private static void ThroughSoftmax(ReadOnlySpan<T> shares, Span<T> gradient)
    {
        var mean = T.Zero;
        for (var i = 0; i < shares.Length; i++)
            mean += shares[i] * gradient[i];
        for (var i = 0; i < shares.Length; i++)
            gradient[i] = shares[i] * (gradient[i] - mean);
    }
}
