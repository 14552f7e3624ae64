using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// The loops of a depthwise convolution over an image that has its padding, (rows, columns, channels). A vector of channels goes over all
/// places, so that the nine taps of the usual kernel stay in registers. Sums run over the taps, and over the places, in rising order.
/// </summary>
internal readonly unsafe struct DepthwiseLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int UsualSide = 3;

    /// <summary>Number of channels.</summary>
    public int Channels { get; init; }

    /// <summary>Taps of the kernel.</summary>
    public Extent Kernel { get; init; }

    /// <summary>Rows and columns of the output.</summary>
    public Extent Places { get; init; }

    /// <summary>Distance between the rows of the image.</summary>
    public int Row { get; init; }

    /// <summary>Distance in the image between the windows of neighbouring rows, and columns, of the output.</summary>
    public int StepY { get; init; }

    /// <inheritdoc cref="StepY"/>
    public int StepX { get; init; }

    private bool IsUsual => Kernel is { Height: UsualSide, Width: UsualSide };

    /// <summary>output[place, c] = bias[c] + Σ image[place + tap, c] · weights[tap, c].</summary>
    public void Correlate(T* image, T* weights, T* bias, T* output)
    {
        var c = 0;
        for (; c <= Channels - Vector256<T>.Count; c += Vector256<T>.Count)
        {
            if (IsUsual)
                CorrelateUsual<InsideChannels>(image + c, weights + c, bias + c, Channels, output + c);
            else
                CorrelateAny<InsideChannels>(image + c, weights + c, bias + c, Channels, output + c);
        }

        if (c == Channels)
            return;
        if (IsUsual)
            CorrelateUsual<EdgeChannels>(image + c, weights + c, bias + c, Channels - c, output + c);
        else
            CorrelateAny<EdgeChannels>(image + c, weights + c, bias + c, Channels - c, output + c);
    }

    /// <summary>gradient[tap, c] += Σ image[place + tap, c] · δ[place, c].</summary>
    public void AddWeightGradient(T* image, T* delta, T* gradient)
    {
        if (!IsUsual)
        {
            AddWeightGradientAny(image, delta, gradient);
            return;
        }

        var c = 0;
        for (; c <= Channels - Vector256<T>.Count; c += Vector256<T>.Count)
            AddWeightGradientUsual<InsideChannels>(image + c, delta + c, Channels, gradient + c);
        if (c < Channels)
            AddWeightGradientUsual<EdgeChannels>(image + c, delta + c, Channels - c, gradient + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CorrelateUsual<TStore>(T* image, T* weights, T* bias, int left, T* output)
        where TStore : struct, IChannelStore
    {
        nint one = Channels, two = 2 * one, row = Row, step = StepX;
        Vector256<T> start = Vector256.Load(bias);
        Vector256<T> w0 = Vector256.Load(weights), w1 = Vector256.Load(weights + one), w2 = Vector256.Load(weights + two);
        weights += one + two;
        Vector256<T> w3 = Vector256.Load(weights), w4 = Vector256.Load(weights + one), w5 = Vector256.Load(weights + two);
        weights += one + two;
        Vector256<T> w6 = Vector256.Load(weights), w7 = Vector256.Load(weights + one), w8 = Vector256.Load(weights + two);
        for (var y = Places.Height; y > 0; y--, image += StepY)
        {
            T* top = image, middle = image + row, bottom = middle + row;
            for (var x = Places.Width; x > 0; x--, top += step, middle += step, bottom += step, output += one)
            {
                var sum = Gemm.MultiplyAdd(Vector256.Load(top), w0, start);
                sum = Gemm.MultiplyAdd(Vector256.Load(top + one), w1, sum);
                sum = Gemm.MultiplyAdd(Vector256.Load(top + two), w2, sum);
                sum = Gemm.MultiplyAdd(Vector256.Load(middle), w3, sum);
                sum = Gemm.MultiplyAdd(Vector256.Load(middle + one), w4, sum);
                sum = Gemm.MultiplyAdd(Vector256.Load(middle + two), w5, sum);
                sum = Gemm.MultiplyAdd(Vector256.Load(bottom), w6, sum);
                sum = Gemm.MultiplyAdd(Vector256.Load(bottom + one), w7, sum);
                sum = Gemm.MultiplyAdd(Vector256.Load(bottom + two), w8, sum);
                TStore.Store(new Register256<T>(sum), left, output);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CorrelateAny<TStore>(T* image, T* weights, T* bias, int left, T* output)
        where TStore : struct, IChannelStore
    {
        var start = Vector256.Load(bias);
        for (var y = Places.Height; y > 0; y--, image += StepY)
        {
            var window = image;
            for (var x = Places.Width; x > 0; x--, window += StepX, output += Channels)
            {
                var sum = start;
                T* line = window, tap = weights;
                for (var ky = Kernel.Height; ky > 0; ky--, line += Row)
                {
                    var from = line;
                    for (var kx = Kernel.Width; kx > 0; kx--, from += Channels, tap += Channels)
                        sum = Gemm.MultiplyAdd(Vector256.Load(from), Vector256.Load(tap), sum);
                }

                TStore.Store(new Register256<T>(sum), left, output);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddWeightGradientUsual<TStore>(T* image, T* delta, int left, T* gradient)
        where TStore : struct, IChannelStore
    {
        nint one = Channels, two = 2 * one, row = Row, step = StepX;
        T* second = gradient + one + two, third = second + one + two;
        Vector256<T> g0 = Vector256.Load(gradient), g1 = Vector256.Load(gradient + one), g2 = Vector256.Load(gradient + two);
        Vector256<T> g3 = Vector256.Load(second), g4 = Vector256.Load(second + one), g5 = Vector256.Load(second + two);
        Vector256<T> g6 = Vector256.Load(third), g7 = Vector256.Load(third + one), g8 = Vector256.Load(third + two);
        for (var y = Places.Height; y > 0; y--, image += StepY)
        {
            T* top = image, middle = image + row, bottom = middle + row;
            for (var x = Places.Width; x > 0; x--, top += step, middle += step, bottom += step, delta += one)
            {
                var error = Vector256.Load(delta);
                g0 = Gemm.MultiplyAdd(Vector256.Load(top), error, g0);
                g1 = Gemm.MultiplyAdd(Vector256.Load(top + one), error, g1);
                g2 = Gemm.MultiplyAdd(Vector256.Load(top + two), error, g2);
                g3 = Gemm.MultiplyAdd(Vector256.Load(middle), error, g3);
                g4 = Gemm.MultiplyAdd(Vector256.Load(middle + one), error, g4);
                g5 = Gemm.MultiplyAdd(Vector256.Load(middle + two), error, g5);
                g6 = Gemm.MultiplyAdd(Vector256.Load(bottom), error, g6);
                g7 = Gemm.MultiplyAdd(Vector256.Load(bottom + one), error, g7);
                g8 = Gemm.MultiplyAdd(Vector256.Load(bottom + two), error, g8);
            }
        }

        TStore.Store(new Register256<T>(g0), left, gradient);
        TStore.Store(new Register256<T>(g1), left, gradient + one);
        TStore.Store(new Register256<T>(g2), left, gradient + two);
        TStore.Store(new Register256<T>(g3), left, second);
        TStore.Store(new Register256<T>(g4), left, second + one);
        TStore.Store(new Register256<T>(g5), left, second + two);
        TStore.Store(new Register256<T>(g6), left, third);
        TStore.Store(new Register256<T>(g7), left, third + one);
        TStore.Store(new Register256<T>(g8), left, third + two);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddWeightGradientAny(T* image, T* delta, T* gradient)
    {
        for (var y = Places.Height; y > 0; y--, image += StepY)
        {
            var window = image;
            for (var x = Places.Width; x > 0; x--, window += StepX, delta += Channels)
            {
                T* line = window, tap = gradient;
                for (var ky = Kernel.Height; ky > 0; ky--, line += Row)
                {
                    var from = line;
                    for (var kx = Kernel.Width; kx > 0; kx--, from += Channels, tap += Channels)
                        Loops.AddProduct(delta, from, tap, Channels);
                }
            }
        }
    }
}
