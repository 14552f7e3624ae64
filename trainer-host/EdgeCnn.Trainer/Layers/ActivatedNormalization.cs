using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// The loops of a normalization for one activation behind it. They take up to four registers of channels at a time down the rows; where
/// that is less than all channels, a few rows only, so that memory is read nearly in its order. Registers that hang over the last channel
/// leave the values there as they are.
/// </summary>
internal sealed unsafe class ActivatedNormalization<T, TFunction> : NormalizationLoops<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, INormalizedFunction<T>
{
    private const int BlockRows = 16;

    /// <inheritdoc/>
    public override void Forward(T* x, int rows, in ChannelFactors<T> by, T* y)
    {
        var block = BlockOf(rows, by.Channels);
        for (var row = 0; row < rows; row += block)
        {
            var (at, height) = ((nint)row * by.Channels, Math.Min(block, rows - row));
            var c = 0;
            for (; Vector512.IsHardwareAccelerated && c <= by.Channels - 4 * Vector512<T>.Count; c += 4 * Vector512<T>.Count)
                Forward<Register512<T>, InsideChannels, Four>(x + at, height, by, c, y + at + c, by.Channels);
            for (; Vector512.IsHardwareAccelerated && c <= by.Channels - 2 * Vector512<T>.Count; c += 2 * Vector512<T>.Count)
                Forward<Register512<T>, InsideChannels, Two>(x + at, height, by, c, y + at + c, by.Channels);
            for (; c <= by.Channels - 2 * Vector256<T>.Count; c += 2 * Vector256<T>.Count)
                Forward<Register256<T>, InsideChannels, Two>(x + at, height, by, c, y + at + c, by.Channels);
            if (c < by.Channels)
                Forward<Register256<T>, EdgeChannels, Two>(x + at, height, by, c, y + at + c, by.Channels);
        }
    }

    /// <inheritdoc/>
    public override void AddProducts(T* delta, T* x, int rows, in ChannelFactors<T> by, T* sums, T* products) =>
        ChannelSums.AddProducts<T, TFunction>(delta, x, rows, by, sums, products);

    /// <inheritdoc/>
    public override void Backward(T* delta, T* x, int rows, in ChannelFactors<T> by, T* result)
    {
        var block = BlockOf(rows, by.Channels);
        for (var row = 0; row < rows; row += block)
        {
            var (at, height) = ((nint)row * by.Channels, Math.Min(block, rows - row));
            var c = 0;
            for (; Vector512.IsHardwareAccelerated && c <= by.Channels - 4 * Vector512<T>.Count; c += 4 * Vector512<T>.Count)
                Backward<Register512<T>, InsideChannels, Four>(delta + at, x + at, height, by, c, result + at + c, by.Channels);
            for (; Vector512.IsHardwareAccelerated && c <= by.Channels - 2 * Vector512<T>.Count; c += 2 * Vector512<T>.Count)
                Backward<Register512<T>, InsideChannels, Two>(delta + at, x + at, height, by, c, result + at + c, by.Channels);
            for (; c <= by.Channels - 2 * Vector256<T>.Count; c += 2 * Vector256<T>.Count)
                Backward<Register256<T>, InsideChannels, Two>(delta + at, x + at, height, by, c, result + at + c, by.Channels);
            if (c < by.Channels)
                Backward<Register256<T>, EdgeChannels, Two>(delta + at, x + at, height, by, c, result + at + c, by.Channels);
        }
    }

    /// <inheritdoc/>
    public override void ForwardColumn(T* x, int rows, in ChannelFactors<T> by, int c, int lanes, T* column)
    {
        if (Vector512.IsHardwareAccelerated && lanes == Vector512<T>.Count)
            Forward<Register512<T>, InsideChannels, One>(x, rows, by, c, column, lanes);
        else
            Forward<Register256<T>, InsideChannels, One>(x, rows, by, c, column, lanes);
    }

    /// <inheritdoc/>
    public override void BackwardColumn(T* delta, T* x, int rows, in ChannelFactors<T> by, int c, int lanes, T* column)
    {
        if (Vector512.IsHardwareAccelerated && lanes == Vector512<T>.Count)
            Backward<Register512<T>, InsideChannels, One>(delta, x, rows, by, c, column, lanes);
        else
            Backward<Register256<T>, InsideChannels, One>(delta, x, rows, by, c, column, lanes);
    }

    /// <summary>Rows that are gone down at a time: all where the registers hold all channels.</summary>
    private static int BlockOf(int rows, int channels) =>
        channels <= (Vector512.IsHardwareAccelerated ? 4 * Vector512<T>.Count : 2 * Vector256<T>.Count) ? rows : BlockRows;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Forward<TRegister, TStore, TCount>(T* x, int rows, in ChannelFactors<T> by, int c, T* y, nint yRow)
        where TRegister : unmanaged, IRegister<TRegister, T>
        where TStore : struct, IChannelStore
        where TCount : struct, IHeight
    {
        int channels = by.Channels, left = channels - c, second = TRegister.Count, third = 2 * second, fourth = 3 * second;
        TRegister mean0 = TRegister.Load(by.Mean + c), mean1 = default, mean2 = default, mean3 = default;
        TRegister factor0 = TRegister.Load(by.Factor + c), factor1 = default, factor2 = default, factor3 = default;
        TRegister bias0 = TRegister.Load(by.Bias + c), bias1 = default, bias2 = default, bias3 = default;
        if (TCount.Rows > 1)
            Load(by, c + second, ref mean1, ref factor1, ref bias1);
        if (TCount.Rows > 2)
        {
            Load(by, c + third, ref mean2, ref factor2, ref bias2);
            Load(by, c + fourth, ref mean3, ref factor3, ref bias3);
        }

        nint ahead = BlockRows * channels;
        x += c;
        for (; rows > 0; rows--, x += channels, y += yRow)
        {
            // Whoever goes down a few rows only has the next ones brought near; who goes to the end reads in order.
            if (TCount.Rows == 2)
                Loops.Prefetch(x + ahead);
            TStore.Store(ForwardOne(x, mean0, factor0, bias0), left, y);
            if (TCount.Rows > 1)
                TStore.Store(ForwardOne(x + second, mean1, factor1, bias1), left - second, y + second);
            if (TCount.Rows > 2)
            {
                TStore.Store(ForwardOne(x + third, mean2, factor2, bias2), left - third, y + third);
                TStore.Store(ForwardOne(x + fourth, mean3, factor3, bias3), left - fourth, y + fourth);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Backward<TRegister, TStore, TCount>(
        T* delta, T* x, int rows, in ChannelFactors<T> by, int c, T* result, nint resultRow)
        where TRegister : unmanaged, IRegister<TRegister, T>
        where TStore : struct, IChannelStore
        where TCount : struct, IHeight
    {
        int channels = by.Channels, left = channels - c, second = TRegister.Count, third = 2 * second, fourth = 3 * second;
        TRegister mean0 = TRegister.Load(by.Mean + c), mean1 = default, mean2 = default, mean3 = default;
        TRegister factor0 = TRegister.Load(by.Factor + c), factor1 = default, factor2 = default, factor3 = default;
        TRegister bias0 = TRegister.Load(by.Bias + c), bias1 = default, bias2 = default, bias3 = default;
        TRegister meanDelta0 = TRegister.Load(by.MeanDelta + c), meanDelta1 = default, meanDelta2 = default, meanDelta3 = default;
        TRegister fall0 = -TRegister.Load(by.Slope + c), fall1 = default, fall2 = default, fall3 = default;
        if (TCount.Rows > 1)
        {
            Load(by, c + second, ref mean1, ref factor1, ref bias1);
            (meanDelta1, fall1) = (TRegister.Load(by.MeanDelta + c + second), -TRegister.Load(by.Slope + c + second));
        }

        if (TCount.Rows > 2)
        {
            Load(by, c + third, ref mean2, ref factor2, ref bias2);
            Load(by, c + fourth, ref mean3, ref factor3, ref bias3);
            (meanDelta2, fall2) = (TRegister.Load(by.MeanDelta + c + third), -TRegister.Load(by.Slope + c + third));
            (meanDelta3, fall3) = (TRegister.Load(by.MeanDelta + c + fourth), -TRegister.Load(by.Slope + c + fourth));
        }

        nint ahead = BlockRows * channels;
        x += c;
        delta += c;
        for (; rows > 0; rows--, delta += channels, x += channels, result += resultRow)
        {
            if (TCount.Rows == 2)
            {
                Loops.Prefetch(x + ahead);
                Loops.Prefetch(delta + ahead);
            }

            TStore.Store(BackwardOne(delta, x, mean0, factor0, bias0, meanDelta0, fall0), left, result);
            if (TCount.Rows > 1)
            {
                TStore.Store(
                    BackwardOne(delta + second, x + second, mean1, factor1, bias1, meanDelta1, fall1), left - second, result + second);
            }

            if (TCount.Rows > 2)
            {
                TStore.Store(BackwardOne(delta + third, x + third, mean2, factor2, bias2, meanDelta2, fall2), left - third, result + third);
                TStore.Store(
                    BackwardOne(delta + fourth, x + fourth, mean3, factor3, bias3, meanDelta3, fall3), left - fourth, result + fourth);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TRegister>(in ChannelFactors<T> by, int c, ref TRegister mean, ref TRegister factor, ref TRegister bias)
        where TRegister : unmanaged, IRegister<TRegister, T> =>
        (mean, factor, bias) = (TRegister.Load(by.Mean + c), TRegister.Load(by.Factor + c), TRegister.Load(by.Bias + c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister ForwardOne<TRegister>(T* x, TRegister mean, TRegister factor, TRegister bias)
        where TRegister : unmanaged, IRegister<TRegister, T> =>
        TFunction.Value(TRegister.MultiplyAdd(TRegister.Load(x) - mean, factor, bias));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister BackwardOne<TRegister>(
        T* delta, T* x, TRegister mean, TRegister factor, TRegister bias, TRegister meanDelta, TRegister fall)
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        var centred = TRegister.Load(x) - mean;
        var error = TFunction.Backward(TRegister.MultiplyAdd(centred, factor, bias), TRegister.Load(delta));
        return factor * TRegister.MultiplyAdd(centred, fall, error - meanDelta);
    }
}
