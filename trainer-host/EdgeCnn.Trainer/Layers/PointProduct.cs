using System;
using System.Numerics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// The three products of a layer that sees one place at a time, such as a convolution by kernels of 1×1 without gaps: all places of all
/// samples are the rows of one matrix X (places, channels), and the weights are W (filters, channels).
/// </summary>
/// <remarks>Forward: Y = X·Wᵀ + bias. Weights' gradient: δᵀ·X. Input's gradient: δ·W.</remarks>
/// <param name="channels">Channels of the input.</param>
/// <param name="filters">Channels of the output.</param>
internal sealed unsafe class PointProduct<T>(int channels, int filters)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Places that a weight gradient takes at once: their values stay in the first level of the cache.</summary>
    private const int PlacesTogether = 32;

    private readonly Block<T> _transposed = new((long)channels * filters);
    private readonly Block<T> _zeros = new(channels);

    /// <summary>Whether a convolution is of this kind.</summary>
    public static bool Suits(Window window) =>
        window is { Kernel: { Height: 1, Width: 1 }, Stride: { Height: 1, Width: 1 }, IsPadded: false };

    /// <summary>Brings the transposed weights up to date.</summary>
    public void WeightsChanged(T* weights) => Loops.Transpose(weights, filters, channels, _transposed.Pointer);

    /// <summary>outputs (places, filters).</summary>
    public void Forward(T* inputs, int places, T* bias, T* outputs) =>
        Gemm.Multiply(places, filters, channels, inputs, channels, 1, _transposed.Pointer, filters, bias, 0, outputs, filters);

    /// <summary>∂weights (filters, channels), summed over the places in rising order.</summary>
    public void WeightGradient(T* inputs, T* deltas, int places, T* gradient)
    {
        for (var first = 0; first < places; first += PlacesTogether)
        {
            Gemm.Multiply(
                filters, channels, Math.Min(PlacesTogether, places - first), deltas + (nint)first * filters, 1, filters,
                inputs + (nint)first * channels, channels, first == 0 ? _zeros.Pointer : gradient, first == 0 ? 0 : channels, gradient,
                channels);
        }
    }

    /// <summary>∂inputs (places, channels).</summary>
    public void InputGradient(T* deltas, int places, T* weights, T* gradients) =>
        Gemm.Multiply(places, channels, filters, deltas, filters, 1, weights, channels, _zeros.Pointer, 0, gradients, channels);
}
