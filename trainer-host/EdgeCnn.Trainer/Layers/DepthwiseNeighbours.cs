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
    public int Columns => WideColumns + (shape.Channels - WideColumns * Vector512<T>.Count + Vector256<T>.Count - 1) / Vector256<T>.Count;

    private int WideColumns => Vector512.IsHardwareAccelerated ? shape.Channels / Vector512<T>.Count : 0;

    /// <summary>A row outside.</summary>
    private readonly Block<T> _zeros = new(shape.Width * shape.Channels);

    /// <summary>Whether a convolution is of this kind.</summary>
    public static bool Suit(Window window) => window is
    {
        Kernel: { Height: 3, Width: 3 }, Stride: { Height: 1, Width: 1 }, Top: 1, Left: 1, OutputWidth: >= LeastWidth,
    } && window.OutputHeight == window.Input.Height && window.OutputWidth == window.Input.Width;

    /// <summary>output[place, c] = bias[c] + Σ input[place + tap, c] · weights[tap, c].</summary>
    public void Correlate(in ColumnSource<T> source, T* weights, T* bias, T* output, ref UpcomingRows<T> soon)
    {
        var c = 0;
        for (; Vector512.IsHardwareAccelerated && c <= shape.Channels - Vector512<T>.Count; c += Vector512<T>.Count)
            CorrelateColumn<Register512<T>, InsideChannels>(source, c, weights + c, bias + c, output + c, ref soon);
        for (; c <= shape.Channels - Vector256<T>.Count; c += Vector256<T>.Count)
            CorrelateColumn<Register256<T>, InsideChannels>(source, c, weights + c, bias + c, output + c, ref soon);
        if (c < shape.Channels)
            CorrelateColumn<Register256<T>, EdgeChannels>(source, c, weights + c, bias + c, output + c, ref soon);
    }

    /// <summary>
    /// Both gradients in one pass over the errors δ: result[place, c] = Σ δ[place − tap, c] · weights[tap, c], and
    /// sums[tap, c] += Σ input[place, c] · δ[place − tap, c], behind which sums[9, c] += Σ δ[place, c] is that of the bias.
    /// </summary>
    public void Backward(in ColumnSource<T> errors, in ColumnSource<T> source, T* weights, T* result, T* sums, ref UpcomingRows<T> soon)
    {
        var c = 0;
        for (; Vector512.IsHardwareAccelerated && c <= shape.Channels - Vector512<T>.Count; c += Vector512<T>.Count)
            BackwardColumn<Register512<T>, InsideChannels>(errors, source, c, weights + c, result + c, sums + c, ref soon);
        for (; c <= shape.Channels - Vector256<T>.Count; c += Vector256<T>.Count)
            BackwardColumn<Register256<T>, InsideChannels>(errors, source, c, weights + c, result + c, sums + c, ref soon);
        if (c < shape.Channels)
            BackwardColumn<Register256<T>, EdgeChannels>(errors, source, c, weights + c, result + c, sums + c, ref soon);
    }

    /// <summary>Row <paramref name="y"/> of a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T* Row(T* image, int y, nint step) =>
        (uint)y < (uint)shape.Height ? image + y * shape.Width * step : _zeros.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void CorrelateColumn<TRegister, TStore>(
        in ColumnSource<T> source, int c, T* weights, T* bias, T* output, ref UpcomingRows<T> soon)
        where TRegister : unmanaged, IRegister<TRegister, T>
        where TStore : struct, IChannelStore
    {
        var input = source.Column(c, TRegister.Count, out var step);
        nint one = shape.Channels;
        var left = shape.Channels - c;
        var start = TRegister.Load(bias);
        TRegister w0 = TRegister.Load(weights), w1 = TRegister.Load(weights + one), w2 = TRegister.Load(weights + 2 * one);
        weights += 3 * one;
        TRegister w3 = TRegister.Load(weights), w4 = TRegister.Load(weights + one), w5 = TRegister.Load(weights + 2 * one);
        weights += 3 * one;
        TRegister w6 = TRegister.Load(weights), w7 = TRegister.Load(weights + one), w8 = TRegister.Load(weights + 2 * one);
        for (var y = 0; y < shape.Height; y++)
        {
            soon.BringNear();
            T* top = Row(input, y - 1, step), middle = Row(input, y, step), bottom = Row(input, y + 1, step);
            // What a window shares with the next one stays in registers: a processor multiplies as fast as it loads.
            TRegister t1 = TRegister.Load(top), m1 = TRegister.Load(middle), b1 = TRegister.Load(bottom);
            TRegister t2 = TRegister.Load(top + step), m2 = TRegister.Load(middle + step), b2 = TRegister.Load(bottom + step);
            var sum = TRegister.MultiplyAdd(t2, w2, TRegister.MultiplyAdd(t1, w1, start));
            sum = TRegister.MultiplyAdd(m2, w5, TRegister.MultiplyAdd(m1, w4, sum));
            TStore.Store(TRegister.MultiplyAdd(b2, w8, TRegister.MultiplyAdd(b1, w7, sum)), left, output);
            TRegister t0, m0, b0;
            for (var x = shape.Width - 2; x > 0; x--)
            {
                top += step;
                middle += step;
                bottom += step;
                output += one;
                (t0, t1, t2) = (t1, t2, TRegister.Load(top + step));
                (m0, m1, m2) = (m1, m2, TRegister.Load(middle + step));
                (b0, b1, b2) = (b1, b2, TRegister.Load(bottom + step));
                sum = Add(t0, t1, t2, w0, w1, w2, start);
                sum = Add(m0, m1, m2, w3, w4, w5, sum);
                TStore.Store(Add(b0, b1, b2, w6, w7, w8, sum), left, output);
            }

            output += one;
            sum = TRegister.MultiplyAdd(t2, w1, TRegister.MultiplyAdd(t1, w0, start));
            sum = TRegister.MultiplyAdd(m2, w4, TRegister.MultiplyAdd(m1, w3, sum));
            TStore.Store(TRegister.MultiplyAdd(b2, w7, TRegister.MultiplyAdd(b1, w6, sum)), left, output);
            output += one;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void BackwardColumn<TRegister, TStore>(
        in ColumnSource<T> errors, in ColumnSource<T> source, int c, T* weights, T* result, T* sums, ref UpcomingRows<T> soon)
        where TRegister : unmanaged, IRegister<TRegister, T>
        where TStore : struct, IChannelStore
    {
        T* delta = errors.Column(c, TRegister.Count, out var step), input = source.Column(c, TRegister.Count, out var inputStep);

        // The place before another one is its neighbour by the last tap: taps fall where places rise.
        nint one = shape.Channels;
        var left = shape.Channels - c;
        TRegister w8 = TRegister.Load(weights), w7 = TRegister.Load(weights + one), w6 = TRegister.Load(weights + 2 * one);
        weights += 3 * one;
        TRegister w5 = TRegister.Load(weights), w4 = TRegister.Load(weights + one), w3 = TRegister.Load(weights + 2 * one);
        weights += 3 * one;
        TRegister w2 = TRegister.Load(weights), w1 = TRegister.Load(weights + one), w0 = TRegister.Load(weights + 2 * one);
        T* second = sums + 3 * one, third = sums + 6 * one, last = sums + Taps * one;
        TRegister g8 = TRegister.Load(sums), g7 = TRegister.Load(sums + one), g6 = TRegister.Load(sums + 2 * one);
        TRegister g5 = TRegister.Load(second), g4 = TRegister.Load(second + one), g3 = TRegister.Load(second + 2 * one);
        TRegister g2 = TRegister.Load(third), g1 = TRegister.Load(third + one), g0 = TRegister.Load(third + 2 * one);
        TRegister total = TRegister.Load(last), zero = TRegister.All(T.Zero);
        for (var y = 0; y < shape.Height; y++)
        {
            soon.BringNear();
            T* top = Row(delta, y - 1, step), middle = Row(delta, y, step), bottom = Row(delta, y + 1, step);
            var from = TRegister.Load(input);
            var sum = AddBoth(top, step, false, true, w0, w1, w2, from, ref g0, ref g1, ref g2, zero);
            sum = AddBoth(middle, step, false, true, w3, w4, w5, from, ref g3, ref g4, ref g5, sum);
            TStore.Store(AddBoth(bottom, step, false, true, w6, w7, w8, from, ref g6, ref g7, ref g8, sum), left, result);
            total += TRegister.Load(middle);
            for (var x = shape.Width - 2; x > 0; x--)
            {
                top += step;
                middle += step;
                bottom += step;
                input += inputStep;
                result += one;
                from = TRegister.Load(input);
                sum = AddBoth(top, step, true, true, w0, w1, w2, from, ref g0, ref g1, ref g2, zero);
                sum = AddBoth(middle, step, true, true, w3, w4, w5, from, ref g3, ref g4, ref g5, sum);
                TStore.Store(AddBoth(bottom, step, true, true, w6, w7, w8, from, ref g6, ref g7, ref g8, sum), left, result);
                total += TRegister.Load(middle);
            }

            input += inputStep;
            result += one;
            from = TRegister.Load(input);
            sum = AddBoth(top + step, step, true, false, w0, w1, w2, from, ref g0, ref g1, ref g2, zero);
            sum = AddBoth(middle + step, step, true, false, w3, w4, w5, from, ref g3, ref g4, ref g5, sum);
            TStore.Store(AddBoth(bottom + step, step, true, false, w6, w7, w8, from, ref g6, ref g7, ref g8, sum), left, result);
            total += TRegister.Load(middle + step);
            input += inputStep;
            result += one;
        }

        TStore.Store(g8, left, sums);
        TStore.Store(g7, left, sums + one);
        TStore.Store(g6, left, sums + 2 * one);
        TStore.Store(g5, left, second);
        TStore.Store(g4, left, second + one);
        TStore.Store(g3, left, second + 2 * one);
        TStore.Store(g2, left, third);
        TStore.Store(g1, left, third + one);
        TStore.Store(g0, left, third + 2 * one);
        TStore.Store(total, left, last);
    }

    /// <summary>A row of taps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Add<TRegister>(
        TRegister x0, TRegister x1, TRegister x2, TRegister w0, TRegister w1, TRegister w2, TRegister sum)
        where TRegister : unmanaged, IRegister<TRegister, T> =>
        TRegister.MultiplyAdd(x2, w2, TRegister.MultiplyAdd(x1, w1, TRegister.MultiplyAdd(x0, w0, sum)));

    /// <summary>A row of taps, and what it adds to their gradients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister AddBoth<TRegister>(
        T* at, nint step, bool left, bool right, TRegister w0, TRegister w1, TRegister w2, TRegister from,
        ref TRegister g0, ref TRegister g1, ref TRegister g2, TRegister sum)
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        TRegister error;
        if (left)
        {
            error = TRegister.Load(at - step);
            sum = TRegister.MultiplyAdd(error, w0, sum);
            g0 = TRegister.MultiplyAdd(error, from, g0);
        }

        error = TRegister.Load(at);
        sum = TRegister.MultiplyAdd(error, w1, sum);
        g1 = TRegister.MultiplyAdd(error, from, g1);
        if (right)
        {
            error = TRegister.Load(at + step);
            sum = TRegister.MultiplyAdd(error, w2, sum);
            g2 = TRegister.MultiplyAdd(error, from, g2);
        }

        return sum;
    }
}
