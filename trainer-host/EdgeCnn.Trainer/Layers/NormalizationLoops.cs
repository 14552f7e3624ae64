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
    private readonly struct Identity : INormalizedFunction<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TRegister Value<TRegister>(TRegister x)
            where TRegister : unmanaged, IRegister<TRegister, T> => x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TRegister Backward<TRegister>(TRegister x, TRegister delta)
            where TRegister : unmanaged, IRegister<TRegister, T> => delta;
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
/// The loops for one activation. They take two registers of channels at a time, which go down a few rows, so that memory is read nearly in
/// its order; where these hang over the last channel they leave the values there as they are.
/// </summary>
internal sealed unsafe class NormalizationLoops<T, TFunction> : NormalizationLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, INormalizedFunction<T>
{
    private const int BlockRows = 16;

    /// <inheritdoc/>
    public override void Forward(T* x, int rows, in ChannelFactors<T> by, T* y)
    {
        for (var row = 0; row < rows; row += BlockRows)
        {
            var (at, height) = ((nint)row * by.Channels, Math.Min(BlockRows, rows - row));
            var c = 0;
            for (; Vector512.IsHardwareAccelerated && c <= by.Channels - 2 * Vector512<T>.Count; c += 2 * Vector512<T>.Count)
                ForwardColumn<Register512<T>, InsideChannels>(x + at, height, by, c, y + at);
            for (; c <= by.Channels - 2 * Vector256<T>.Count; c += 2 * Vector256<T>.Count)
                ForwardColumn<Register256<T>, InsideChannels>(x + at, height, by, c, y + at);
            if (c < by.Channels)
                ForwardColumn<Register256<T>, EdgeChannels>(x + at, height, by, c, y + at);
        }
    }

    /// <inheritdoc/>
    public override void AddProducts(T* delta, T* x, int rows, in ChannelFactors<T> by, T* sums, T* products) =>
        ChannelSums.AddProducts<T, TFunction>(delta, x, rows, by, sums, products);

    /// <inheritdoc/>
    public override void Backward(T* delta, T* x, int rows, in ChannelFactors<T> by, T* result)
    {
        for (var row = 0; row < rows; row += BlockRows)
        {
            var (at, height) = ((nint)row * by.Channels, Math.Min(BlockRows, rows - row));
            var c = 0;
            for (; Vector512.IsHardwareAccelerated && c <= by.Channels - 2 * Vector512<T>.Count; c += 2 * Vector512<T>.Count)
                BackwardColumn<Register512<T>, InsideChannels>(delta + at, x + at, height, by, c, result + at);
            for (; c <= by.Channels - 2 * Vector256<T>.Count; c += 2 * Vector256<T>.Count)
                BackwardColumn<Register256<T>, InsideChannels>(delta + at, x + at, height, by, c, result + at);
            if (c < by.Channels)
                BackwardColumn<Register256<T>, EdgeChannels>(delta + at, x + at, height, by, c, result + at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void ForwardColumn<TRegister, TStore>(T* x, int rows, in ChannelFactors<T> by, int c, T* y)
        where TRegister : unmanaged, IRegister<TRegister, T>
        where TStore : struct, IChannelStore
    {
        int lanes = TRegister.Count, channels = by.Channels, left = channels - c;
        TRegister mean0 = TRegister.Load(by.Mean + c), mean1 = TRegister.Load(by.Mean + c + lanes);
        TRegister factor0 = TRegister.Load(by.Factor + c), factor1 = TRegister.Load(by.Factor + c + lanes);
        TRegister bias0 = TRegister.Load(by.Bias + c), bias1 = TRegister.Load(by.Bias + c + lanes);
        x += c;
        y += c;
        nint ahead = BlockRows * channels;
        for (; rows > 0; rows--, x += channels, y += channels)
        {
            Loops.Prefetch(x + ahead);
            Loops.Prefetch(x + ahead + lanes);
            var z0 = TRegister.MultiplyAdd(TRegister.Load(x) - mean0, factor0, bias0);
            var z1 = TRegister.MultiplyAdd(TRegister.Load(x + lanes) - mean1, factor1, bias1);
            TStore.Store(TFunction.Value(z0), left, y);
            TStore.Store(TFunction.Value(z1), left - lanes, y + lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void BackwardColumn<TRegister, TStore>(T* delta, T* x, int rows, in ChannelFactors<T> by, int c, T* result)
        where TRegister : unmanaged, IRegister<TRegister, T>
        where TStore : struct, IChannelStore
    {
        int lanes = TRegister.Count, channels = by.Channels, left = channels - c;
        TRegister mean0 = TRegister.Load(by.Mean + c), mean1 = TRegister.Load(by.Mean + c + lanes);
        TRegister factor0 = TRegister.Load(by.Factor + c), factor1 = TRegister.Load(by.Factor + c + lanes);
        TRegister bias0 = TRegister.Load(by.Bias + c), bias1 = TRegister.Load(by.Bias + c + lanes);
        TRegister meanDelta0 = TRegister.Load(by.MeanDelta + c), meanDelta1 = TRegister.Load(by.MeanDelta + c + lanes);
        TRegister fall0 = -TRegister.Load(by.Slope + c), fall1 = -TRegister.Load(by.Slope + c + lanes);
        delta += c;
        x += c;
        result += c;
        nint ahead = BlockRows * channels;
        for (; rows > 0; rows--, delta += channels, x += channels, result += channels)
        {
            Loops.Prefetch(x + ahead);
            Loops.Prefetch(x + ahead + lanes);
            Loops.Prefetch(delta + ahead);
            Loops.Prefetch(delta + ahead + lanes);
            TRegister centred0 = TRegister.Load(x) - mean0, centred1 = TRegister.Load(x + lanes) - mean1;
            TRegister z0 = TRegister.MultiplyAdd(centred0, factor0, bias0), z1 = TRegister.MultiplyAdd(centred1, factor1, bias1);
            var rest0 = TFunction.Backward(z0, TRegister.Load(delta)) - meanDelta0;
            var rest1 = TFunction.Backward(z1, TRegister.Load(delta + lanes)) - meanDelta1;
            TStore.Store(factor0 * TRegister.MultiplyAdd(centred0, fall0, rest0), left, result);
            TStore.Store(factor1 * TRegister.MultiplyAdd(centred1, fall1, rest1), left - lanes, result + lanes);
        }
    }
}
