using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// The loops of the usual depthwise convolution, of 3×3 kernels that leave the size as it is, over images (rows, columns, channels) without
/// padding: each place has its eight neighbours, less those outside. A vector of channels goes over all places, so that the taps stay in
/// registers. Sums run over the taps, and over the places, in rising order.
/// </summary>
internal readonly unsafe struct DepthwiseNeighbours<T>(Shape shape)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Taps of a kernel.</summary>
    public const int Taps = 9;

    private const int LeastWidth = 2;

    /// <summary>How often the loops go down the rows of an image.</summary>
    public int Columns => (shape.Channels + Vector256<T>.Count - 1) / Vector256<T>.Count;

    /// <summary>A row outside.</summary>
    private readonly Block<T> _zeros = new(shape.Width * shape.Channels);

    /// <summary>Whether a convolution is of this kind.</summary>
    public static bool Suit(Window window) => window is
    {
        Kernel: { Height: 3, Width: 3 }, Stride: { Height: 1, Width: 1 }, Top: 1, Left: 1, OutputWidth: >= LeastWidth,
    } && window.OutputHeight == window.Input.Height && window.OutputWidth == window.Input.Width;

    /// <summary>output[place, c] = bias[c] + Σ input[place + tap, c] · weights[tap, c].</summary>
    public void Correlate(T* input, T* weights, T* bias, T* output, ref UpcomingRows<T> soon)
    {
        var c = 0;
        for (; c <= shape.Channels - Vector256<T>.Count; c += Vector256<T>.Count)
            CorrelateColumn<InsideChannels>(input, weights + c, bias + c, c, output + c, ref soon);
        if (c < shape.Channels)
            CorrelateColumn<EdgeChannels>(input, weights + c, bias + c, c, output + c, ref soon);
    }

    /// <summary>
    /// Both gradients in one pass over the errors δ: result[place, c] = Σ δ[place − tap, c] · weights[tap, c], and
    /// sums[tap, c] += Σ input[place, c] · δ[place − tap, c], behind which sums[9, c] += Σ δ[place, c] is that of the bias.
    /// </summary>
    public void Backward(T* delta, T* input, T* weights, T* result, T* sums, ref UpcomingRows<T> soon)
    {
        var c = 0;
        for (; c <= shape.Channels - Vector256<T>.Count; c += Vector256<T>.Count)
            BackwardColumn<InsideChannels>(delta, input + c, weights + c, c, result + c, sums + c, ref soon);
        if (c < shape.Channels)
            BackwardColumn<EdgeChannels>(delta, input + c, weights + c, c, result + c, sums + c, ref soon);
    }

    /// <summary>Row <paramref name="y"/> of an image from channel <paramref name="c"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T* Row(T* image, int y, int c) =>
        ((uint)y < (uint)shape.Height ? image + (nint)y * shape.Width * shape.Channels : _zeros.Pointer) + c;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void CorrelateColumn<TStore>(T* input, T* weights, T* bias, int c, T* output, ref UpcomingRows<T> soon)
        where TStore : struct, IChannelStore
    {
        nint one = shape.Channels;
        var left = shape.Channels - c;
        var start = Vector256.Load(bias);
        Vector256<T> w0 = Vector256.Load(weights), w1 = Vector256.Load(weights + one), w2 = Vector256.Load(weights + 2 * one);
        weights += 3 * one;
        Vector256<T> w3 = Vector256.Load(weights), w4 = Vector256.Load(weights + one), w5 = Vector256.Load(weights + 2 * one);
        weights += 3 * one;
        Vector256<T> w6 = Vector256.Load(weights), w7 = Vector256.Load(weights + one), w8 = Vector256.Load(weights + 2 * one);
        for (var y = 0; y < shape.Height; y++)
        {
            soon.BringNear();
            T* top = Row(input, y - 1, c), middle = Row(input, y, c), bottom = Row(input, y + 1, c);
            var sum = Add(top, one, false, true, w0, w1, w2, start);
            sum = Add(middle, one, false, true, w3, w4, w5, sum);
            TStore.Store(new Register256<T>(Add(bottom, one, false, true, w6, w7, w8, sum)), left, output);
            for (var x = shape.Width - 2; x > 0; x--)
            {
                top += one;
                middle += one;
                bottom += one;
                output += one;
                sum = Add(top, one, true, true, w0, w1, w2, start);
                sum = Add(middle, one, true, true, w3, w4, w5, sum);
                TStore.Store(new Register256<T>(Add(bottom, one, true, true, w6, w7, w8, sum)), left, output);
            }

            output += one;
            sum = Add(top + one, one, true, false, w0, w1, w2, start);
            sum = Add(middle + one, one, true, false, w3, w4, w5, sum);
            TStore.Store(new Register256<T>(Add(bottom + one, one, true, false, w6, w7, w8, sum)), left, output);
            output += one;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void BackwardColumn<TStore>(T* delta, T* input, T* weights, int c, T* result, T* sums, ref UpcomingRows<T> soon)
        where TStore : struct, IChannelStore
    {
        // The place before another one is its neighbour by the last tap: taps fall where places rise.
        nint one = shape.Channels;
        var left = shape.Channels - c;
        Vector256<T> w8 = Vector256.Load(weights), w7 = Vector256.Load(weights + one), w6 = Vector256.Load(weights + 2 * one);
        weights += 3 * one;
        Vector256<T> w5 = Vector256.Load(weights), w4 = Vector256.Load(weights + one), w3 = Vector256.Load(weights + 2 * one);
        weights += 3 * one;
        Vector256<T> w2 = Vector256.Load(weights), w1 = Vector256.Load(weights + one), w0 = Vector256.Load(weights + 2 * one);
        T* second = sums + 3 * one, third = sums + 6 * one, last = sums + Taps * one;
        Vector256<T> g8 = Vector256.Load(sums), g7 = Vector256.Load(sums + one), g6 = Vector256.Load(sums + 2 * one);
        Vector256<T> g5 = Vector256.Load(second), g4 = Vector256.Load(second + one), g3 = Vector256.Load(second + 2 * one);
        Vector256<T> g2 = Vector256.Load(third), g1 = Vector256.Load(third + one), g0 = Vector256.Load(third + 2 * one);
        var total = Vector256.Load(last);
        for (var y = 0; y < shape.Height; y++)
        {
            soon.BringNear();
            T* top = Row(delta, y - 1, c), middle = Row(delta, y, c), bottom = Row(delta, y + 1, c);
            var from = Vector256.Load(input);
            var sum = AddBoth(top, one, false, true, w0, w1, w2, from, ref g0, ref g1, ref g2, default);
            sum = AddBoth(middle, one, false, true, w3, w4, w5, from, ref g3, ref g4, ref g5, sum);
            TStore.Store(new Register256<T>(AddBoth(bottom, one, false, true, w6, w7, w8, from, ref g6, ref g7, ref g8, sum)), left, result);
            total += Vector256.Load(middle);
            for (var x = shape.Width - 2; x > 0; x--)
            {
                top += one;
                middle += one;
                bottom += one;
                input += one;
                result += one;
                from = Vector256.Load(input);
                sum = AddBoth(top, one, true, true, w0, w1, w2, from, ref g0, ref g1, ref g2, default);
                sum = AddBoth(middle, one, true, true, w3, w4, w5, from, ref g3, ref g4, ref g5, sum);
                TStore.Store(new Register256<T>(AddBoth(bottom, one, true, true, w6, w7, w8, from, ref g6, ref g7, ref g8, sum)), left, result);
                total += Vector256.Load(middle);
            }

            input += one;
            result += one;
            from = Vector256.Load(input);
            sum = AddBoth(top + one, one, true, false, w0, w1, w2, from, ref g0, ref g1, ref g2, default);
            sum = AddBoth(middle + one, one, true, false, w3, w4, w5, from, ref g3, ref g4, ref g5, sum);
            TStore.Store(new Register256<T>(AddBoth(bottom + one, one, true, false, w6, w7, w8, from, ref g6, ref g7, ref g8, sum)), left, result);
            total += Vector256.Load(middle + one);
            input += one;
            result += one;
        }

        TStore.Store(new Register256<T>(g8), left, sums);
        TStore.Store(new Register256<T>(g7), left, sums + one);
        TStore.Store(new Register256<T>(g6), left, sums + 2 * one);
        TStore.Store(new Register256<T>(g5), left, second);
        TStore.Store(new Register256<T>(g4), left, second + one);
        TStore.Store(new Register256<T>(g3), left, second + 2 * one);
        TStore.Store(new Register256<T>(g2), left, third);
        TStore.Store(new Register256<T>(g1), left, third + one);
        TStore.Store(new Register256<T>(g0), left, third + 2 * one);
        TStore.Store(new Register256<T>(total), left, last);
    }

    /// <summary>A row of taps, less those outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Add(
        T* at, nint one, bool left, bool right, Vector256<T> w0, Vector256<T> w1, Vector256<T> w2, Vector256<T> sum)
    {
        if (left)
            sum = Gemm.MultiplyAdd(Vector256.Load(at - one), w0, sum);
        sum = Gemm.MultiplyAdd(Vector256.Load(at), w1, sum);
        return right ? Gemm.MultiplyAdd(Vector256.Load(at + one), w2, sum) : sum;
    }

    /// <summary>A row of taps, and what it adds to their gradients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> AddBoth(
        T* at, nint one, bool left, bool right, Vector256<T> w0, Vector256<T> w1, Vector256<T> w2, Vector256<T> from,
        ref Vector256<T> g0, ref Vector256<T> g1, ref Vector256<T> g2, Vector256<T> sum)
    {
        Vector256<T> error;
        if (left)
        {
            error = Vector256.Load(at - one);
            sum = Gemm.MultiplyAdd(error, w0, sum);
            g0 = Gemm.MultiplyAdd(error, from, g0);
        }

        error = Vector256.Load(at);
        sum = Gemm.MultiplyAdd(error, w1, sum);
        g1 = Gemm.MultiplyAdd(error, from, g1);
        if (right)
        {
            error = Vector256.Load(at + one);
            sum = Gemm.MultiplyAdd(error, w2, sum);
            g2 = Gemm.MultiplyAdd(error, from, g2);
        }

        return sum;
    }
}
