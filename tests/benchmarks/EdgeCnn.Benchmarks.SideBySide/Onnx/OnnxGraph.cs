using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace EdgeCnn.Benchmarks.SideBySide.Onnx;

/// <summary>Element types of <c>TensorProto.DataType</c>.</summary>
internal enum OnnxType
{
    /// <summary>float32</summary>
    Single = 1,

    /// <summary>uint8</summary>
    UInt8 = 2,

    /// <summary>int8</summary>
    Int8 = 3,

    /// <summary>int32</summary>
    Int32 = 6,
}

/// <summary>An attribute of a node: an integer, or a list of them.</summary>
internal sealed record OnnxAttribute(string Name, params long[] Integers)
{
    /// <summary>Whether the attribute is a list.</summary>
    public bool IsList { get; init; } = Integers.Length != 1;

    /// <summary>A list, however long.</summary>
    public static OnnxAttribute List(string name, params long[] integers) => new(name, integers) { IsList = true };
}

/// <summary>A graph under construction and the file that it becomes (<c>onnx.proto</c>, operator set 13).</summary>
internal sealed class OnnxGraph
{
    private const int OperatorSet = 13;
    private const int FormatVersion = 8;

    private readonly Message _graph = new Message().Add(2, "graph");

    /// <summary>Appends a node with one output, called <paramref name="output"/>.</summary>
    /// <returns>The output's name.</returns>
    public string Node(string kind, IEnumerable<string> inputs, string output, params OnnxAttribute[] attributes)
    {
        var node = new Message();
        foreach (string input in inputs) node.Add(1, input);
        node.Add(2, output).Add(3, output).Add(4, kind);
        foreach (OnnxAttribute attribute in attributes) node.Add(5, Describe(attribute));
        _graph.Add(1, node);
        return output;
    }

    /// <summary>Appends a constant.</summary>
    /// <returns>Its name.</returns>
    public string Constant<T>(string name, OnnxType type, ReadOnlySpan<long> shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var tensor = new Message();
        foreach (long size in shape) tensor.Add(1, size);
        _graph.Add(5, tensor.Add(2, (long)type).Add(8, name).Add(9, MemoryMarshal.AsBytes(values)));
        return name;
    }

    /// <summary>Declares an input of the model.</summary>
    public void Input(string name, OnnxType type, IEnumerable<long> shape) => _graph.Add(11, Describe(name, type, shape));

    /// <summary>Declares an output of the model.</summary>
    public void Output(string name, OnnxType type, IEnumerable<long> shape) => _graph.Add(12, Describe(name, type, shape));

    /// <summary>The bytes of an <c>.onnx</c> file.</summary>
    public byte[] ToArray() => new Message()
        .Add(1, FormatVersion)
        .Add(7, _graph)
        .Add(8, new Message().Add(1, "").Add(2, OperatorSet))
        .ToArray();

    private static Message Describe(OnnxAttribute attribute)
    {
        const int integer = 2, integers = 7;
        Message message = new Message().Add(1, attribute.Name);
        foreach (long value in attribute.Integers) message.Add(attribute.IsList ? 8 : 3, value);
        return message.Add(20, attribute.IsList ? integers : integer);
    }

    private static Message Describe(string name, OnnxType type, IEnumerable<long> shape)
    {
        var sizes = new Message();
        foreach (long size in shape) sizes.Add(1, new Message().Add(1, size));
        return new Message().Add(1, name).Add(2, new Message().Add(1, new Message().Add(1, (long)type).Add(2, sizes)));
    }
}
