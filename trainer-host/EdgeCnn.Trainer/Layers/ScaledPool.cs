using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Initializers;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// Down-sampling with a factor β and a bias b for each channel: y[c] = β[c]·down(x) + b[c], down being the sum or the mean of each window
/// (Bouvrie, <i>Notes on convolutional neural networks</i>, 2006, section 3.2). Backward: ∂L/∂β = Σ δ·down(x), ∂L/∂b = Σ δ, and every
/// element of a window receives δ·β, or its n-th part.
/// </summary>
/// <param name="kernel">Size of the windows.</param>
/// <param name="stride">Distance between windows.</param>
/// <param name="padding">Zeros around the input; a mean has none.</param>
/// <param name="divisor">What sums are divided by: 1, or the elements of a window.</param>
public abstract unsafe class ScaledPool<T>(Extent kernel, Extent? stride, Padding padding, int divisor) : Pool<T>(kernel, stride, padding)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _divisor = T.CreateTruncating(divisor);

    /// <summary>down(x) of every output.</summary>
    public sealed override int StateLength => Output.Length;

    /// <inheritdoc/>
    public sealed override IntegerForm? IntegerForm =>
        new OperatorForm(EdgeCnn.SumPool.Code, OwnFields.Of(Window)) { WeightFactor = 1.0 / divisor, FoldsZeroPoint = false };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override void Forward(LayerWorkspace<T> work)
    {
        // Vectors run over the channels and hang over the last one: the next position overwrites what they leave there.
        int channels = Input.Channels, row = Input.Width * channels, lanes = Vector256<T>.Count;
        T* output = work.Output, down = work.State, factor = Weights!.Pointer, bias = Bias!.Pointer;
        for (var sample = 0; sample < work.Count; sample++)
        {
            var input = work.Input + (nint)sample * Input.Length;
            foreach (var (top, bottom) in Rows)
            {
                foreach (var (left, right) in Columns)
                {
                    for (var channel = 0; channel < channels; channel += lanes)
                    {
                        var sum = Vector256<T>.Zero;
                        for (var y = top; y < bottom; y++)
                        {
                            for (var x = left; x < right; x++)
                                sum += Vector256.Load(input + y * row + x * channels + channel);
                        }

                        sum /= Vector256.Create(_divisor);
                        sum.Store(down + channel);
                        (sum * Vector256.Load(factor + channel) + Vector256.Load(bias + channel)).Store(output + channel);
                    }

                    output += channels;
                    down += channels;
                }
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override void Backward(LayerWorkspace<T> work)
    {
        int channels = Input.Channels, row = Input.Width * channels;
        T* factorGradient = work.GradientOf(Weights!), biasGradient = work.GradientOf(Bias!), factor = Weights!.Pointer;
        new Span<T>(factorGradient, channels).Clear();
        new Span<T>(biasGradient, channels).Clear();
        if (work.InputGradient != null)
            new Span<T>(work.InputGradient, work.Count * Input.Length).Clear();
        T* delta = work.OutputGradient, down = work.State;
        for (var sample = 0; sample < work.Count; sample++)
        {
            var gradient = work.InputGradient + (nint)sample * Input.Length;
            foreach (var (top, bottom) in Rows)
            {
                foreach (var (left, right) in Columns)
                {
                    for (var channel = 0; channel < channels; channel++, delta++, down++)
                    {
                        factorGradient[channel] += *delta * *down;
                        biasGradient[channel] += *delta;
                        if (work.InputGradient == null)
                            continue;
                        var share = *delta * factor[channel] / _divisor;
                        for (var y = top; y < bottom; y++)
                        {
                            for (var x = left; x < right; x++)
                                gradient[y * row + x * channels + channel] += share;
                        }
                    }
                }
            }
        }
    }

    private protected sealed override void MakeParameters(Shape input)
    {
        var elements = Kernel.Height * Kernel.Width;
        Weights = new("factor", true, elements, 1, input.Channels);
        Bias = new("bias", false, elements, 1, input.Channels);
        (Weights.Trainable, Bias.Trainable) = (Learns, Learns);
    }

    /// <summary>Whether factor and bias train.</summary>
    private protected virtual bool Learns => true;
}

/// <summary>
/// Down-sampling by the sum: out[y, x, c] = Σ in over the window of (y, x), the padding being 0. Its factor is 1 and its bias 0;
/// they don't train.
/// </summary>
[Kind("sumPool")]
public sealed class SumPool<T> : ScaledPool<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Sums over windows.</summary>
    /// <param name="kernel">Size of the windows.</param>
    /// <param name="stride">Distance between windows; the kernel's size when absent.</param>
    /// <param name="padding">Zeros around the input; none when absent.</param>
    public SumPool(Extent kernel, Extent? stride = null, Padding padding = default)
        : base(kernel, stride, padding, 1)
    {
        Initializer = new Constant(1);
    }

    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
    [
        new(new SumPool<T>(new(2, 2)), new(4, 6, 3)),
        new(new SumPool<T>(new(3, 2), new(2, 1), Padding.SameSize), new(7, 5, 9)),
    ];

    private protected override bool Learns => false;
}

/// <summary>
/// The subsampling layer of LeNet-5 (LeCun et al., 1998) and of Bouvrie's notes: y[c] = β[c]·down(x) + b[c] with β and b learned; an
/// activation may follow.
/// </summary>
[Kind("subsampling")]
public sealed class Subsampling<T> : ScaledPool<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Subsampling with a factor and a bias for each channel.</summary>
    /// <param name="kernel">Size of the windows.</param>
    /// <param name="stride">Distance between windows; the kernel's size when absent.</param>
    /// <param name="mean">True for the mean of a window, false for its sum.</param>
    /// <param name="initializer">How the factors start; at 1 when absent.</param>
    public Subsampling(Extent kernel, Extent? stride = null, bool mean = true, Initializer? initializer = null)
        : base(kernel, stride, Padding.Valid, mean ? checked(kernel.Height * kernel.Width) : 1)
    {
        Initializer = initializer ?? new Constant(1);
    }

    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
    [
        new(new Subsampling<T>(new(2, 2)), new(4, 6, 3)),
        new(new Subsampling<T>(new(3, 2), new(2, 1), mean: false), new(7, 5, 9)),
    ];
}
