using System;
using System.Linq;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>Reads the operands of QuantizeLinear and DequantizeLinear: what is quantized, scale, zero point.</summary>
internal static class Quantizations
{
    /// <summary>The quantization of an activation, as int8: uint8 is 128 higher, zero point and all.</summary>
    public static QuantizationParameters Activation(OnnxCall call)
    {
        if (!call.IsConstant(1)) throw call.Refuse("the scale must be a constant");
        float[] scales = call.Real(1).Values;
        if (scales.Length != 1) throw call.Refuse("activations can't be quantized by channel; quantize them per tensor");
        if (!(scales[0] > 0) || !float.IsFinite(scales[0])) throw call.Refuse($"a scale of {scales[0]} is impossible");
        OnnxType type = ZeroPointType(call);
        if (type is not (OnnxType.UInt8 or OnnxType.Int8))
            throw call.Refuse($"activations of {type} can't be imported; quantize to int8 or uint8");
        long zeroPoint = call.Has(2) ? call.Integers(2)[0] : 0;
        return new QuantizationParameters(scales[0], (int)(type == OnnxType.UInt8 ? zeroPoint - 128 : zeroPoint));
    }

    /// <summary>A constant that is dequantized.</summary>
    public static QuantizedConstant Constant(OnnxCall call, OnnxTensor integers)
    {
        float[] scales = call.Real(1).Values;
        long[] zeroPoints = ZeroPoints(call, scales.Length);
        int rank = integers.Shape.Length, axis = scales.Length == 1 ? 0 : call.Axis(call.Integer("axis", 1), rank);
        if (integers.Type is not (OnnxType.Int8 or OnnxType.UInt8 or OnnxType.Int32))
            throw call.Refuse($"constants of {integers.Type} can't be imported");
        if (call.Integer("block_size", 0) != 0) throw call.Refuse("constants quantized in blocks can't be imported");
        if (scales.Length == 0 || zeroPoints.Length != scales.Length || (scales.Length > 1 && scales.Length != integers.Shape[axis]))
            throw call.Refuse($"{scales.Length} scales and {zeroPoints.Length} zero points do not fit");
        if (scales.Any(scale => !float.IsFinite(scale) || scale < 0)) throw call.Refuse("a scale is impossible");
        return new QuantizedConstant(integers, scales, zeroPoints, axis);
    }

    /// <summary>The integers of a constant that is quantized, ties to even.</summary>
    public static OnnxTensor Integers(OnnxCall call, FloatTensor real)
    {
        float[] scales = call.Real(1).Values;
        OnnxType type = ZeroPointType(call);
        (int low, int high) = type switch
        {
            OnnxType.UInt8 => (0, 255),
            OnnxType.Int8 => (-128, 127),
            _ => throw call.Refuse($"constants of {type} can't be imported"),
        };
        long[] zeroPoints = ZeroPoints(call, scales.Length);
        int axis = scales.Length == 1 ? 0 : call.Axis(call.Integer("axis", 1), real.Shape.Length);
        if (scales.Length == 0 || zeroPoints.Length != scales.Length || (scales.Length > 1 && scales.Length != real.Shape[axis]))
            throw call.Refuse($"{scales.Length} scales do not fit");
        int inner = scales.Length == 1 ? 1 : FloatTensor.Count(real.Shape.Skip(axis + 1));
        return new OnnxTensor(call.Node.Outputs[0], real.Shape, type, [.. real.Values.Select((x, i) =>
        {
            int channel = i / inner % scales.Length;
            return unchecked((byte)(int)Math.Clamp(MathF.Round(x / scales[channel]) + zeroPoints[channel], low, high));
        })]);
    }

    private static long[] ZeroPoints(OnnxCall call, int count) =>
        call.Has(2) ? [.. call.Integers(2).Select(value => (long)value)] : new long[count];

    /// <summary>The type of the integers is that of the zero point, and uint8 where there is none.</summary>
    private static OnnxType ZeroPointType(OnnxCall call)
    {
        if (call.Has(2))
            return call.Graph.Constants.TryGetValue(call.Name(2), out OnnxTensor? zeroPoint) && zeroPoint.Elements > 0
                ? zeroPoint.Type
                : throw call.Refuse("the zero point must be a constant");
        return call.Integer("output_dtype", 0) is > 0 and var type ? (OnnxType)type : OnnxType.UInt8;
    }
}
