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
    public static void AddProducts<T, TFormula>(T* delta, T* x, int rows, in ChannelFactors<T> by, T* sums, T* products)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFormula : struct, IActivationFunction<T> => Add<T, Product<T, TFormula>>(delta, x, rows, by, sums, products);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T, TTerm>(T* delta, T* x, int rows, in ChannelFactors<T> by, T* sums, T* products)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ITerm<T>
    {
        int lanes = Vector256<T>.Count, channels = by.Channels, odd = channels;
        for (var c = 0; c < channels; c += 2 * lanes)
        {
            Vector256<T> mean0 = Vector256.Load(by.Mean + c), mean1 = Vector256.Load(by.Mean + c + lanes);
            Vector256<T> factor0 = Vector256.Load(by.Factor + c), factor1 = Vector256.Load(by.Factor + c + lanes);
            Vector256<T> bias0 = Vector256.Load(by.Bias + c), bias1 = Vector256.Load(by.Bias + c + lanes);
            Vector256<T> evenSum0 = default, evenSum1 = default, oddSum0 = default, oddSum1 = default;
            Vector256<T> even0 = default, even1 = default, odd0 = default, odd1 = default;
            T* d = delta + c, row = x + c;
            for (var pair = rows / 2; pair > 0; pair--, d += 2 * channels, row += 2 * channels)
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

            (Vector256.Load(sums + c) + (evenSum0 + oddSum0)).Store(sums + c);
            (Vector256.Load(sums + c + lanes) + (evenSum1 + oddSum1)).Store(sums + c + lanes);
            (Vector256.Load(products + c) + (even0 + odd0)).Store(products + c);
            (Vector256.Load(products + c + lanes) + (even1 + odd1)).Store(products + c + lanes);
        }
    }

    /// <summary>What a row adds to the two sums of a channel.</summary>
    private interface ITerm<T>
        where T : unmanaged
    {
        static abstract void Add(
            T* delta, T* x, Vector256<T> mean, Vector256<T> factor, Vector256<T> bias, ref Vector256<T> sum, ref Vector256<T> product);
    }

    private readonly struct Square<T> : ITerm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add(
            T* delta, T* x, Vector256<T> mean, Vector256<T> factor, Vector256<T> bias, ref Vector256<T> sum, ref Vector256<T> product)
        {
            var deviation = Vector256.Load(x) - mean;
            sum += deviation;
            product = Gemm.MultiplyAdd(deviation, deviation, product);
        }
    }

    private readonly struct Product<T, TFormula> : ITerm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFormula : struct, IActivationFunction<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Add(
            T* delta, T* x, Vector256<T> mean, Vector256<T> factor, Vector256<T> bias, ref Vector256<T> sum, ref Vector256<T> product)
        {
            var centred = Vector256.Load(x) - mean;
            var error = TFormula.Backward(TFormula.Value(Gemm.MultiplyAdd(centred, factor, bias)), Vector256.Load(delta));
            sum += error;
            product = Gemm.MultiplyAdd(error, centred, product);
        }
    }
}
