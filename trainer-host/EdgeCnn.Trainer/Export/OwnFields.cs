using System;
using System.Buffers.Binary;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Export;

/// <summary>Makes the 12 bytes of an operator record that belong to the operator.</summary>
internal static class OwnFields
{
    private const int Bytes = OperatorRecord.Bytes - OperatorRecord.OwnAt;

    /// <summary>A window; the clamp is still to be set.</summary>
    public static byte[] Of(Layers.Window window) => Of(
        window.Kernel.Height, window.Kernel.Width, window.Stride.Height, window.Stride.Width, window.Top, window.Left,
        window.Dilation.Height, window.Dilation.Width);

    /// <summary>A window (convolution, pooling); the clamp is still to be set.</summary>
    public static byte[] Of(
        int kernelHeight, int kernelWidth, int strideY, int strideX, int padTop, int padLeft, int dilationY, int dilationX)
    {
        byte[] own = new byte[Bytes];
        Set(Window.KernelHeightAt, kernelHeight, "kernel height");
        Set(Window.KernelWidthAt, kernelWidth, "kernel width");
        Set(Window.StrideYAt, strideY, "vertical stride");
        Set(Window.StrideXAt, strideX, "horizontal stride");
        Set(Window.PadTopAt, padTop, "padding at the top");
        Set(Window.PadLeftAt, padLeft, "padding at the left");
        Set(Window.DilationYAt, dilationY, "vertical dilation");
        Set(Window.DilationXAt, dilationX, "horizontal dilation");
        return own;

        void Set(int at, int value, string what)
        {
            if (value is < 0 or > 255) throw new ExportException($"a {what} of {value} does not fit the file format; at most 255");
            own[at - OperatorRecord.OwnAt] = (byte)value;
        }
    }

    /// <summary>No fields but the clamp.</summary>
    public static byte[] None() => new byte[Bytes];

    /// <summary>Three 32-bit fields.</summary>
    public static byte[] Of(int first, int second, int third)
    {
        var own = new SectionBuilder();
        foreach (int value in new[] { first, second, third }) own.Int32(value);
        return own.ToArray();
    }

    /// <summary>A concatenation of <paramref name="inputs"/> tensors; their list is the params block.</summary>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="outer">Product of the dimensions before the axis.</param>
    public static byte[] Concat(int inputs, int outer)
    {
        var own = new SectionBuilder();
        own.Int32(0);
        own.Int16(inputs);
        own.Int16(0);
        own.Int32(outer);
        return own.ToArray();
    }

    /// <summary>Sets the fused activation: outputs of an int8 or int16 <paramref name="type"/> held to [min, max] in real
    /// numbers.</summary>
    public static void SetClamp(byte[] own, QuantizationParameters output, double min, double max, int type = ElementType.Int8)
    {
        SetInt16(own, Clamp.MinAt, Bound(output, min, type));
        SetInt16(own, Clamp.MaxAt, Bound(output, max, type));
    }

    /// <summary>The integer of a fused activation's bound: divided in single precision, as the reference does.</summary>
    public static int Bound(QuantizationParameters output, double real, int type)
    {
        double steps = MathF.Round((float)real / output.Scale, MidpointRounding.AwayFromZero);
        return (int)Math.Clamp(steps + output.ZeroPoint, ElementType.Min(type), ElementType.Max(type));
    }

    /// <summary>Sets a 16-bit field, <paramref name="at"/> being its offset in the operator record.</summary>
    public static void SetInt16(byte[] own, int at, int value) =>
        BinaryPrimitives.WriteInt16LittleEndian(own.AsSpan(at - OperatorRecord.OwnAt), checked((short)value));

    /// <summary>Sets a 32-bit field, <paramref name="at"/> being its offset in the operator record.</summary>
    public static void SetInt32(byte[] own, int at, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(own.AsSpan(at - OperatorRecord.OwnAt), value);

    /// <summary>
    /// Softmax of β · x: β times the input's scale as a multiplier for Q5.26, and the smallest difference that Q5.26 holds
    /// (gemmlowp's fixed-point softmax with 5 integer bits).
    /// </summary>
    /// <exception cref="ExportException">The scale is so small that all differences vanish, or so large that none fits.</exception>
    public static byte[] Softmax(double betaTimesScale)
    {
        const int integerBits = 5;
        double step = Math.ScaleB(betaTimesScale, 31 - integerBits);
        if (!(step >= 1 && step < 1 << Requantize.MaxShift))
            throw new ExportException($"softmax of integers in steps of {betaTimesScale:g3} can't be held in fixed point; rescale the last layer");
        FixedMultiplier multiplier = FixedMultiplier.Of(step);
        int shift = multiplier.Shift;
        double radius = Math.Floor(((1 << integerBits) - 1) * Math.ScaleB(1, 31 - integerBits) / Math.ScaleB(1, shift));
        byte[] own = new byte[Bytes];
        SetInt32(own, EdgeCnn.Softmax.MultiplierAt, multiplier.Mantissa);
        SetInt32(own, EdgeCnn.Softmax.ShiftAt, shift);
        SetInt32(own, EdgeCnn.Softmax.MinDifferenceAt, (int)-radius);
        return own;
    }

    /// <summary>1 over the multiplier that <see cref="Softmax"/> has put into the fields.</summary>
    public static FixedMultiplier InverseOfSoftmaxScale(ReadOnlySpan<byte> own)
    {
        int multiplier = BinaryPrimitives.ReadInt32LittleEndian(own[(EdgeCnn.Softmax.MultiplierAt - OperatorRecord.OwnAt)..]);
        int shift = BinaryPrimitives.ReadInt32LittleEndian(own[(EdgeCnn.Softmax.ShiftAt - OperatorRecord.OwnAt)..]);
        return FixedMultiplier.Of(Math.ScaleB(1, 31 - shift) / multiplier);
    }
}
