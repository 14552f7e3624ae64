using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>Element types of ONNX, by their number in TensorProto.DataType; those that this project has a word about.</summary>
public enum OnnxType
{
#pragma warning disable CS1591 // The names speak for themselves.
    None = 0, Float32 = 1, UInt8 = 2, Int8 = 3, UInt16 = 4, Int16 = 5, Int32 = 6, Int64 = 7, Bool = 9, Float16 = 10, Float64 = 11,
#pragma warning restore CS1591
}

/// <summary>A constant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Dimensions, outermost first.</param>
/// <param name="Type">Element type.</param>
/// <param name="Data">The elements, row-major and little-endian.</param>
internal sealed record OnnxTensor(string Name, int[] Shape, OnnxType Type, byte[] Data)
{
    /// <summary>Bytes of an element; 0 for a type that can't be imported.</summary>
    public static int Bytes(OnnxType type) => type switch
    {
        OnnxType.UInt8 or OnnxType.Int8 or OnnxType.Bool => 1,
        OnnxType.UInt16 or OnnxType.Int16 or OnnxType.Float16 => 2,
        OnnxType.Float32 or OnnxType.Int32 => 4,
        OnnxType.Int64 or OnnxType.Float64 => 8,
        _ => 0,
    };

    public int Elements => Shape.Aggregate(1, (product, size) => checked(product * size));

    public bool IsFloat => Type is OnnxType.Float32 or OnnxType.Float16 or OnnxType.Float64;

    public static OnnxTensor Of(string name, int[] shape, IEnumerable<float> values) =>
        new(name, shape, OnnxType.Float32, MemoryMarshal.AsBytes<float>(values.ToArray()).ToArray());

    public static OnnxTensor Of(string name, int[] shape, IEnumerable<long> values) =>
        new(name, shape, OnnxType.Int64, MemoryMarshal.AsBytes<long>(values.ToArray()).ToArray());

    /// <summary>The elements as single-precision numbers.</summary>
    public float[] Floats() => Type switch
    {
        OnnxType.Float32 => MemoryMarshal.Cast<byte, float>(Data).ToArray(),
        OnnxType.Float16 => [.. MemoryMarshal.Cast<byte, Half>(Data).ToArray().Select(value => (float)value)],
        OnnxType.Float64 => [.. MemoryMarshal.Cast<byte, double>(Data).ToArray().Select(value => (float)value)],
        _ => [.. Integers().Select(value => (float)value)],
    };

    /// <summary>The elements as integers; floats are cut off.</summary>
    public long[] Integers() => Type switch
    {
        OnnxType.UInt8 or OnnxType.Bool => [.. Data.Select(value => (long)value)],
        OnnxType.Int8 => [.. Data.Select(value => (long)(sbyte)value)],
        OnnxType.Int16 => [.. MemoryMarshal.Cast<byte, short>(Data).ToArray().Select(value => (long)value)],
        OnnxType.UInt16 => [.. MemoryMarshal.Cast<byte, ushort>(Data).ToArray().Select(value => (long)value)],
        OnnxType.Int32 => [.. MemoryMarshal.Cast<byte, int>(Data).ToArray().Select(value => (long)value)],
        OnnxType.Int64 => MemoryMarshal.Cast<byte, long>(Data).ToArray(),
        _ when IsFloat => [.. Floats().Select(value => (long)value)],
        _ => throw new ImportException($"the constant '{OnnxNode.Shortened(Name)}' has elements of type {Type}, which can't be imported"),
    };
}
