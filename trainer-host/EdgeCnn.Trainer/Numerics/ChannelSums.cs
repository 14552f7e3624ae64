using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// Sums over the rows of a matrix (rows, channels), channel by channel. Each is two chains, of the even and of the odd rows, whatever
/// the width of the processor's vectors. Matrices are read past their end like in <see cref="Gemm"/>; the vectors over channels have
/// room up to a multiple of 16.
/// </summary>
internal static unsafe class ChannelSums
{
    /// <summary>sums[c] += Σ (x[r, c] − reference[c]); squares[c] += Σ (x[r, c] − reference[c])².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddDeviations<T>(T* x, int rows, int channels, T* reference, T* sums, T* squares)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector256<T>.Count, pairs = rows / 2;
        for (var c = 0; c < channels; c += lanes)
        {
            var center = Vector256.Load(reference + c);
            Vector256<T> evenSum = default, oddSum = default, evenSquare = default, oddSquare = default;
            var row = x + c;
            for (var i = 0; i < pairs; i++, row += 2 * channels)
            {
                var even = Vector256.Load(row) - center;
                var odd = Vector256.Load(row + channels) - center;
                evenSum += even;
                oddSum += odd;
                evenSquare = Gemm.MultiplyAdd(even, even, evenSquare);
                oddSquare = Gemm.MultiplyAdd(odd, odd, oddSquare);
            }

            if (rows % 2 != 0)
            {
                var last = Vector256.Load(row) - center;
                evenSum += last;
                evenSquare = Gemm.MultiplyAdd(last, last, evenSquare);
            }

            (Vector256.Load(sums + c) + (evenSum + oddSum)).Store(sums + c);
            (Vector256.Load(squares + c) + (evenSquare + oddSquare)).Store(squares + c);
        }
    }

    /// <summary>sums[c] += Σ δ[r, c]; products[c] += Σ δ[r, c] · (x[r, c] − reference[c]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProducts<T>(T* delta, T* x, int rows, int channels, T* reference, T* sums, T* products)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Vector256<T>.Count, pairs = rows / 2;
        for (var c = 0; c < channels; c += lanes)
        {
            var center = Vector256.Load(reference + c);
            Vector256<T> evenSum = default, oddSum = default, evenProduct = default, oddProduct = default;
            T* d = delta + c, row = x + c;
            for (var i = 0; i < pairs; i++, d += 2 * channels, row += 2 * channels)
            {
                var even = Vector256.Load(d);
                var odd = Vector256.Load(d + channels);
                evenSum += even;
                oddSum += odd;
                evenProduct = Gemm.MultiplyAdd(even, Vector256.Load(row) - center, evenProduct);
                oddProduct = Gemm.MultiplyAdd(odd, Vector256.Load(row + channels) - center, oddProduct);
            }

            if (rows % 2 != 0)
            {
                var last = Vector256.Load(d);
                evenSum += last;
                evenProduct = Gemm.MultiplyAdd(last, Vector256.Load(row) - center, evenProduct);
            }

            (Vector256.Load(sums + c) + (evenSum + oddSum)).Store(sums + c);
            (Vector256.Load(products + c) + (evenProduct + oddProduct)).Store(products + c);
        }
    }
}
