using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using EdgeCnn.Trainer.Import.Onnx;
using Google.Protobuf;

namespace EdgeCnn.Tests;

/// <summary>ONNX files made by hand; field numbers are those of onnx.proto.</summary>
internal sealed class OnnxBytes
{
    private readonly List<byte[]> _nodes = [], _constants = [], _inputs = [], _outputs = [];

    internal string Input(string name, OnnxType type, params int[] shape) =>
        Value(_inputs, name, type, [.. shape.Select(size => (object)size)]);

    /// <summary>An input with dimensions of unknown size, which are given by name.</summary>
    internal string OpenInput(string name, OnnxType type, params object[] shape) => Value(_inputs, name, type, shape);

    internal void Output(string name, OnnxType type, params int[] shape) =>
        Value(_outputs, name, type, [.. shape.Select(size => (object)size)]);

    internal string Constant(string name, int[] shape, params float[] values) =>
        Constant(name, OnnxType.Float32, shape, MemoryMarshal.AsBytes<float>(values).ToArray());

    internal string Integers(string name, params long[] values) =>
        Constant(name, OnnxType.Int64, [values.Length], MemoryMarshal.AsBytes<long>(values).ToArray());

    internal string Constant(string name, OnnxType type, int[] shape, byte[] data)
    {
        _constants.Add(Tensor(name, type, shape, data));
        return name;
    }

    /// <summary>A constant as bytes of its message.</summary>
    internal void Raw(byte[] constant) => _constants.Add(constant);

    /// <summary>An operator with one result. Attributes are int, float, string, int[] or float[]; the kind may have a domain before
    /// it.</summary>
    internal string Node(string kind, string[] inputs, string output, params (string Name, object Value)[] attributes)
    {
        Node(kind, inputs, [output], attributes);
        return output;
    }

    internal void Node(string kind, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes) =>
        _nodes.Add(Message(o =>
        {
            foreach (string input in inputs) Write(o, 1, input);
            foreach (string output in outputs) Write(o, 2, output);
            int point = kind.LastIndexOf('.');
            Write(o, 3, outputs[0]);
            Write(o, 4, kind[(point + 1)..]);
            foreach ((string name, object value) in attributes) Write(o, 5, Attribute(name, value));
            if (point > 0) Write(o, 7, kind[..point]);
        }));

    internal byte[] File(int opset = 17) => Message(o =>
    {
        Write(o, 1, 8);
        Write(o, 7, Message(graph =>
        {
            foreach (byte[] node in _nodes) Write(graph, 1, node);
            Write(graph, 2, "graph");
            foreach (byte[] constant in _constants) Write(graph, 5, constant);
            foreach (byte[] input in _inputs) Write(graph, 11, input);
            foreach (byte[] output in _outputs) Write(graph, 12, output);
        }));
        foreach ((string domain, int version) in new[] { ("", opset), ("com.microsoft", 1) })
            Write(o, 8, Message(set =>
            {
                Write(set, 1, domain);
                Write(set, 2, version);
            }));
    });

    private static string Value(List<byte[]> list, string name, OnnxType type, object[] shape)
    {
        byte[] dimensions = Message(o =>
        {
            foreach (object size in shape)
                Write(o, 1, Message(dimension =>
                {
                    if (size is string symbol) Write(dimension, 2, symbol);
                    else Write(dimension, 1, (int)size);
                }));
        });
        byte[] tensor = Message(o =>
        {
            Write(o, 1, (int)type);
            Write(o, 2, dimensions);
        });
        list.Add(Message(o =>
        {
            Write(o, 1, name);
            Write(o, 2, Message(kind => Write(kind, 1, tensor)));
        }));
        return name;
    }

    internal static byte[] Tensor(string name, OnnxType type, int[] shape, byte[] data, bool isExternal = false) => Message(o =>
    {
        foreach (int size in shape) Write(o, 1, size);
        Write(o, 2, (int)type);
        Write(o, 8, name);
        if (isExternal) Write(o, 14, 1);
        else Write(o, 9, data);
    });

    private static byte[] Attribute(string name, object value) => Message(o =>
    {
        Write(o, 1, name);
        (int field, int type) = value switch
        {
            float => (2, 1),
            int => (3, 2),
            string => (4, 3),
            float[] => (7, 6),
            int[] => (8, 7),
            _ => throw new ArgumentException($"{value.GetType()} is not an attribute"),
        };
        switch (value)
        {
            case float single: Single(o, field, single); break;
            case int integer: Write(o, field, integer); break;
            case string text: Write(o, field, text); break;
            case float[] singles: Array.ForEach(singles, single => Single(o, field, single)); break;
            case int[] integers: Array.ForEach(integers, integer => Write(o, field, integer)); break;
        }
        Write(o, 20, type);
    });

    private static void Single(CodedOutputStream output, int field, float value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed32);
        output.WriteFloat(value);
    }

    private static void Write(CodedOutputStream output, int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void Write(CodedOutputStream output, int field, string text)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    private static void Write(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(bytes));
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true)) write(output);
        return stream.ToArray();
    }
}
