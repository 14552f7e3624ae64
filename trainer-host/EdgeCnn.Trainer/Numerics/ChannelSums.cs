using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Layers;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// Sums over the rows of a matrix (rows, channels), channel by channel. Each is two chains, of the even and of the odd rows, whatever
/// the width of the processor's vectors. Two vectors at a time hang over the last channel: matrices are read past their end like in
/// <see cref="Gemm"/>, and what is indexed by channels has room up to a multiple of 16.
/// </summary>
internal static unsafe class ChannelSums
{
    /// <summary>sums[c] += Σ (x[r, c] − reference[c]); squares[c] += Σ (x[r, c] − reference[c])².</summary>
    public static void AddDeviations<T>(T* x, int rows, int channels, T* reference, T* sums, T* squares)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Add<T, Square<T>>(
            x, x, rows, new ChannelFactors<T> { Channels = channels, Mean = reference, Factor = reference, Bias = reference }, sums,
            squares);

    /// <summary>
    /// With ε = δ · f′((x − mean) · factor + bias): sums[c] += Σ ε[r, c]; products[c] += Σ ε[r, c] · (x[r, c] − mean[c]).
    /// </summary>
    public static void AddProducts<T, TFunction>(T* delta, T* x, int rows, in ChannelFactors<T> by, T* sums, T* products)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, INormalizedFunction<T> => Add<T, Product<T, TFunction>>(delta, x, rows, by, sums, products);

    private static void Add<T, TTerm>(T* delta, T* x, int rows, in ChannelFactors<T> by, T* sums, T* products)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ITerm<T>
    {
        var c = 0;
        for (; Vector512.IsHardwareAccelerated && c <= by.Channels - 2 * Vector512<T>.Count; c += 2 * Vector512<T>.Count)
            AddColumn<T, TTerm, Register512<T>>(delta + c, x + c, rows, by, c, sums + c, products + c);
        for (; c < by.Channels; c += 2 * Vector256<T>.Count)
            AddColumn<T, TTerm, Register256<T>>(delta + c, x + c, rows, by, c, sums + c, products + c);
    }

    /// <summary>Two registers of channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddColumn<T, TTerm, TRegister>(T* d, T* row, int rows, in ChannelFactors<T> by, int c, T* sums, T* products)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ITerm<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        int lanes = TRegister.Count, odd = by.Channels;
        TRegister mean0 = TRegister.Load(by.Mean + c), mean1 = TRegister.Load(by.Mean + c + lanes);
        TRegister factor0 = TRegister.Load(by.Factor + c), factor1 = TRegister.Load(by.Factor + c + lanes);
        TRegister bias0 = TRegister.Load(by.Bias + c), bias1 = TRegister.Load(by.Bias + c + lanes);
        TRegister evenSum0 = TRegister.All(T.Zero), evenSum1 = evenSum0, oddSum0 = evenSum0, oddSum1 = evenSum0;
        TRegister even0 = evenSum0, even1 = evenSum0, odd0 = evenSum0, odd1 = evenSum0;
        for (var pair = rows / 2; pair > 0; pair--, d += 2 * odd, row += 2 * odd)
        {
            TTerm.Add(d, row, mean0, factor0, bias0, ref evenSum0, ref even0);
            TTerm.Add(d + lanes, row + lanes, mean1, factor1, bias1, ref evenSum1, ref even1);
            TTerm.Add(d + odd, row + odd, mean0, factor0, bias0, ref oddSum0, ref odd0);
            TTerm.Add(d + odd + lanes, row + odd + lanes, mean1, factor1, bias1, ref oddSum1, ref odd1);
        }

        if (rows % 2 != 0)
        {
            TTerm.Add(d, row, mean0, factor0, bias0, ref evenSum0, ref even0);
            TTerm.Add(d + lanes, row + lanes, mean1, factor1, bias1, ref evenSum1, ref even1);
        }

        (TRegister.Load(sums) + (evenSum0 + oddSum0)).Store(sums);
        (TRegister.Load(sums + lanes) + (evenSum1 + oddSum1)).Store(sums + lanes);
        (TRegister.Load(products) + (even0 + odd0)).Store(products);
        (TRegister.Load(products + lanes) + (even1 + odd1)).Store(products + lanes);
    }

    /// <summary>What a row adds to the two sums of a channel.</summary>
    private interface ITerm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        static abstract void Add<TRegister>(
            T* delta, T* x, TRegister mean, TRegister factor, TRegister bias, ref TRegister sum, ref TRegister product)
            where TRegister : unmanaged, IRegister<TRegister, T>;
    }

    private readonly struct Square<T> : ITerm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add<TRegister>(
            T* delta, T* x, TRegister mean, TRegister factor, TRegister bias, ref TRegister sum, ref TRegister product)
            where TRegister : unmanaged, IRegister<TRegister, T>
        {
            var deviation = TRegister.Load(x) - mean;
            sum += deviation;
            product = TRegister.MultiplyAdd(deviation, deviation, product);
        }
    }

    private readonly struct Product<T, TFunction> : ITerm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, INormalizedFunction<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add<TRegister>(
            T* delta, T* x, TRegister mean, TRegister factor, TRegister bias, ref TRegister sum, ref TRegister product)
            where TRegister : unmanaged, IRegister<TRegister, T>
        {
            var centred = TRegister.Load(x) - mean;
            var error = TFunction.Backward(TRegister.MultiplyAdd(centred, factor, bias), TRegister.Load(delta));
            sum += error;
            product = TRegister.MultiplyAdd(error, centred, product);
        }
    }
}
