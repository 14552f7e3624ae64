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
    /// <summary>Places that a weight gradient takes at once: their values stay in the second level of the cache.</summary>
    private const int PlacesTogether = 128;

    private readonly Block<T> _transposed = new((long)channels * filters);
    private readonly Block<T> _zeros = new(channels);

    /// <summary>Whether a convolution is of this kind.</summary>
    public static bool Suits(Window window) =>
        window is { Kernel: { Height: 1, Width: 1 }, Stride: { Height: 1, Width: 1 }, IsPadded: false };

    /// <summary>Brings the transposed weights up to date.</summary>
    public void WeightsChanged(T* weights) => Loops.Transpose(weights, filters, channels, _transposed.Pointer);

    /// <summary>outputs (places, filters).</summary>
    public void Forward(T* inputs, int places, T* bias, T* outputs, in Upcoming<T> upcoming) => Gemm.Multiply(new Product<T>
    {
        Rows = places,
        RowRun = places,
        Columns = filters,
        Lines = 1,
        Run = channels,
        A = inputs,
        ARow = channels,
        AStep = 1,
        B = _transposed.Pointer,
        BStep = filters,
        Initial = bias,
        C = outputs,
        CRow = filters,
        Soon = upcoming.Input,
        Later = upcoming.Output,
        SoonRow = upcoming.Input == null ? 0 : Math.Max(channels, filters),
    });

    /// <summary>∂weights (filters, channels), summed over the places in rising order.</summary>
    public void WeightGradient(T* inputs, T* deltas, int places, T* gradient, in Upcoming<T> upcoming)
    {
        for (var first = 0; first < places; first += PlacesTogether)
        {
            T* soon = upcoming.Input + (nint)first * channels, initial = first == 0 ? _zeros.Pointer : gradient;
            Gemm.Multiply(new Product<T>
            {
                Rows = filters,
                RowRun = filters,
                Columns = channels,
                Lines = 1,
                Run = Math.Min(PlacesTogether, places - first),
                A = deltas + (nint)first * filters,
                ARow = 1,
                AStep = filters,
                B = inputs + (nint)first * channels,
                BStep = channels,
                Initial = initial,
                InitialRow = first == 0 ? 0 : channels,
                C = gradient,
                CRow = channels,
                Soon = soon,
                Later = soon,
                SoonRow = upcoming.Input == null ? 0 : PlacesTogether * channels / filters,
            });
        }
    }

    /// <summary>∂inputs (places, channels).</summary>
    public void InputGradient(T* deltas, int places, T* weights, T* gradients, in Upcoming<T> upcoming) => Gemm.Multiply(new Product<T>
    {
        Rows = places,
        RowRun = places,
        Columns = channels,
        Lines = 1,
        Run = filters,
        A = deltas,
        ARow = filters,
        AStep = 1,
        B = weights,
        BStep = channels,
        Initial = _zeros.Pointer,
        C = gradients,
        CRow = channels,
        Soon = upcoming.Output,
        Later = upcoming.OutputGradient,
        SoonRow = upcoming.Output == null ? 0 : filters,
    });
}
