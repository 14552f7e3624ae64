using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// An activation that a batch normalization before it computes along, because to compute it once more backward is cheaper than to read what
/// it was.
/// </summary>
/// <typeparam name="T">The number type.</typeparam>
internal interface IJoinsNormalization<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The loops of a normalization with this activation behind it.</summary>
    NormalizationLoops<T> Loops { get; }
}

/// <summary>
/// The loops of a batch normalization and the activation f behind it over matrices (rows, channels):
/// y = f(z), z = (x − mean) · factor + bias.
/// </summary>
/// <typeparam name="T">The number type.</typeparam>
internal abstract unsafe class NormalizationLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The normalization alone.</summary>
    public static NormalizationLoops<T> Alone { get; } = new NormalizationLoops<T, Identity>();

    /// <summary>y = f(z).</summary>
    public abstract void Forward(T* x, int rows, in ChannelFactors<T> by, T* y);

    /// <summary>With ε = δ · f′(z): sums[c] += Σ ε[r, c]; products[c] += Σ ε[r, c] · (x[r, c] − mean[c]).</summary>
    public abstract void AddProducts(T* delta, T* x, int rows, in ChannelFactors<T> by, T* sums, T* products);

    /// <summary>result = factor · (ε − meanDelta − (x − mean) · slope); the result may take δ's place.</summary>
    public abstract void Backward(T* delta, T* x, int rows, in ChannelFactors<T> by, T* result);

    /// <summary>f(z) = z.</summary>
    private readonly struct Identity : IActivationFunction<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Value(Vector256<T> x) => x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Backward(Vector256<T> y, Vector256<T> delta) => delta;
    }
}

/// <summary>What the channels of a normalization are multiplied by, each with room up to a multiple of 16 channels.</summary>
internal unsafe struct ChannelFactors<T>
    where T : unmanaged
{
    /// <summary>Number of channels.</summary>
    public int Channels;

    /// <summary>One value per channel.</summary>
    public T* Mean, Factor, Bias, MeanDelta, Slope;
}

/// <summary>
/// The loops for one activation. They take two vectors of channels at a time, which go down a few rows, so that memory is read nearly in
/// its order; where these hang over the last channel they leave the values there as they are.
/// </summary>
internal sealed unsafe class NormalizationLoops<T, TFormula> : NormalizationLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFormula : struct, IActivationFunction<T>
{
    private const int BlockRows = 16;

    private static int Width => 2 * Vector256<T>.Count;

    /// <inheritdoc/>
    public override void Forward(T* x, int rows, in ChannelFactors<T> by, T* y)
    {
        for (var row = 0; row < rows; row += BlockRows)
        {
            var (at, height) = ((nint)row * by.Channels, Math.Min(BlockRows, rows - row));
            var c = 0;
            for (; c <= by.Channels - Width; c += Width)
                ForwardColumn<InsideChannels>(x + at, height, by, c, y + at);
            if (c < by.Channels)
                ForwardColumn<EdgeChannels>(x + at, height, by, c, y + at);
        }
    }

    /// <inheritdoc/>
    public override void AddProducts(T* delta, T* x, int rows, in ChannelFactors<T> by, T* sums, T* products) =>
        ChannelSums.AddProducts<T, TFormula>(delta, x, rows, by, sums, products);

    /// <inheritdoc/>
    public override void Backward(T* delta, T* x, int rows, in ChannelFactors<T> by, T* result)
    {
        for (var row = 0; row < rows; row += BlockRows)
        {
            var (at, height) = ((nint)row * by.Channels, Math.Min(BlockRows, rows - row));
            var c = 0;
            for (; c <= by.Channels - Width; c += Width)
                BackwardColumn<InsideChannels>(delta + at, x + at, height, by, c, result + at);
            if (c < by.Channels)
                BackwardColumn<EdgeChannels>(delta + at, x + at, height, by, c, result + at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardColumn<TStore>(T* x, int rows, in ChannelFactors<T> by, int c, T* y)
        where TStore : struct, IChannelStore
    {
        int lanes = Vector256<T>.Count, channels = by.Channels;
        Vector256<T> mask0 = EdgeChannels.Mask<T>(channels - c), mask1 = EdgeChannels.Mask<T>(channels - c - lanes);
        Vector256<T> mean0 = Vector256.Load(by.Mean + c), mean1 = Vector256.Load(by.Mean + c + lanes);
        Vector256<T> factor0 = Vector256.Load(by.Factor + c), factor1 = Vector256.Load(by.Factor + c + lanes);
        Vector256<T> bias0 = Vector256.Load(by.Bias + c), bias1 = Vector256.Load(by.Bias + c + lanes);
        x += c;
        y += c;
        nint ahead = BlockRows * channels;
        for (; rows > 0; rows--, x += channels, y += channels)
        {
            Loops.Prefetch(x + ahead);
            var z0 = Gemm.MultiplyAdd(Vector256.Load(x) - mean0, factor0, bias0);
            var z1 = Gemm.MultiplyAdd(Vector256.Load(x + lanes) - mean1, factor1, bias1);
            TStore.Store(TFormula.Value(z0), mask0, y);
            TStore.Store(TFormula.Value(z1), mask1, y + lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardColumn<TStore>(T* delta, T* x, int rows, in ChannelFactors<T> by, int c, T* result)
        where TStore : struct, IChannelStore
    {
        int lanes = Vector256<T>.Count, channels = by.Channels;
        Vector256<T> mask0 = EdgeChannels.Mask<T>(channels - c), mask1 = EdgeChannels.Mask<T>(channels - c - lanes);
        Vector256<T> mean0 = Vector256.Load(by.Mean + c), mean1 = Vector256.Load(by.Mean + c + lanes);
        Vector256<T> factor0 = Vector256.Load(by.Factor + c), factor1 = Vector256.Load(by.Factor + c + lanes);
        Vector256<T> bias0 = Vector256.Load(by.Bias + c), bias1 = Vector256.Load(by.Bias + c + lanes);
        Vector256<T> meanDelta0 = Vector256.Load(by.MeanDelta + c), meanDelta1 = Vector256.Load(by.MeanDelta + c + lanes);
        Vector256<T> slope0 = Vector256.Load(by.Slope + c), slope1 = Vector256.Load(by.Slope + c + lanes);
        delta += c;
        x += c;
        result += c;
        nint ahead = BlockRows * channels;
        for (; rows > 0; rows--, delta += channels, x += channels, result += channels)
        {
            Loops.Prefetch(x + ahead);
            Loops.Prefetch(delta + ahead);
            Vector256<T> centred0 = Vector256.Load(x) - mean0, centred1 = Vector256.Load(x + lanes) - mean1;
            var y0 = TFormula.Value(Gemm.MultiplyAdd(centred0, factor0, bias0));
            var y1 = TFormula.Value(Gemm.MultiplyAdd(centred1, factor1, bias1));
            var rest0 = TFormula.Backward(y0, Vector256.Load(delta)) - meanDelta0;
            var rest1 = TFormula.Backward(y1, Vector256.Load(delta + lanes)) - meanDelta1;
            TStore.Store(factor0 * Gemm.MultiplyAdd(-centred0, slope0, rest0), mask0, result);
            TStore.Store(factor1 * Gemm.MultiplyAdd(-centred1, slope1, rest1), mask1, result + lanes);
        }
    }
}
