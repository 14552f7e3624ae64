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
    public static NormalizationLoops<T> Alone { get; } = new ActivatedNormalization<T, Identity>();

    /// <summary>y = f(z).</summary>
    public abstract void Forward(T* x, int rows, in ChannelFactors<T> by, T* y);

    /// <summary>With ε = δ · f′(z): sums[c] += Σ ε[r, c]; products[c] += Σ ε[r, c] · (x[r, c] − mean[c]).</summary>
    public abstract void AddProducts(T* delta, T* x, int rows, in ChannelFactors<T> by, T* sums, T* products);

    /// <summary>result = factor · (ε − meanDelta − (x − mean) · slope); the result may take δ's place.</summary>
    public abstract void Backward(T* delta, T* x, int rows, in ChannelFactors<T> by, T* result);

    /// <summary>
    /// <see cref="Forward"/> for one register of channels, from <paramref name="c"/> on: column (rows, <paramref name="lanes"/>).
    /// </summary>
    public abstract void ForwardColumn(T* x, int rows, in ChannelFactors<T> by, int c, int lanes, T* column);

    /// <summary>The same of <see cref="Backward"/>.</summary>
    public abstract void BackwardColumn(T* delta, T* x, int rows, in ChannelFactors<T> by, int c, int lanes, T* column);

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
