using System;
using EdgeCnn.Managed;

namespace EdgeCnn.Trainer.Report;

/// <summary>Sums up how far integers are from the real numbers that they stand for.</summary>
internal sealed class NoiseMeter
{
    private double _signal;
    private double _noise;

    /// <summary>Largest |real − dequantized|.</summary>
    public double MaxError { get; private set; }

    /// <summary>The image that has it.</summary>
    public int MaxErrorImage { get; private set; }

    /// <summary>Its element.</summary>
    public int MaxErrorElement { get; private set; }

    /// <summary>10·log₁₀(Σ real² / Σ (real − dequantized)²); null when one of the sums is 0.</summary>
    public double? Decibels => _signal > 0 && _noise > 0 ? 10 * Math.Log10(_signal / _noise) : null;

    /// <summary>Adds one image's values and the bytes of the tensor that stands for them.</summary>
    public void Add(int image, ReadOnlySpan<float> real, ReadOnlySpan<byte> integers, TensorInfo tensor)
    {
        for (int i = 0; i < real.Length; i++)
        {
            double error = real[i] - (double)tensor.Scale * (tensor.Element(integers, i) - tensor.ZeroPoint);
            _signal += (double)real[i] * real[i];
            _noise += error * error;
            if (Math.Abs(error) > MaxError)
                (MaxError, MaxErrorImage, MaxErrorElement) = (Math.Abs(error), image, i);
        }
    }

    /// <summary>Adds what another meter saw of later images.</summary>
    public void Add(NoiseMeter later)
    {
        _signal += later._signal;
        _noise += later._noise;
        if (later.MaxError > MaxError)
            (MaxError, MaxErrorImage, MaxErrorElement) = (later.MaxError, later.MaxErrorImage, later.MaxErrorElement);
    }
}
