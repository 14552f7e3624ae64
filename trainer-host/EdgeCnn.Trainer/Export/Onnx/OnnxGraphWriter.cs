using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace EdgeCnn.Trainer.Export.Onnx;

/// <summary>
/// Collects the operators and constants of an ONNX graph. Field numbers are those of onnx.proto (github.com/onnx/onnx, onnx/onnx.proto),
/// which a comment behind each names.
/// </summary>
internal sealed class OnnxGraphWriter
{
    /// <summary>Version of ONNX's operators that is written, and of the format that goes with it.</summary>
    public const int Opset = 17, Format = 8;

    /// <summary>What stands for the number of images, which any run may choose.</summary>
    private const string Batch = "N";

    private const int FloatType = 1, Int64Type = 7;
    private const int FloatAttribute = 1, IntAttribute = 2, IntsAttribute = 7;

    private readonly List<ProtoWriter> _nodes = [], _constants = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);



    /// <summary>Adds an operator.</summary>
    /// <param name="kind">ONNX's name of it.</param>
    /// <param name="name">What its result is called; a number is added to a name that is taken.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="attributes">Settings: float, int, or int[].</param>
    /// <returns>The name of its result.</returns>
    public string Add(string kind, string name, IEnumerable<string> inputs, params IEnumerable<(string Name, object Value)> attributes)
    {
        string result = Unique(name);
        _nodes.Add(new ProtoWriter()
            .All(inputs, (node, input) => node.Text(1, input)) // input
            .Text(2, result).Text(3, result).Text(4, kind) // output, name, op_type
            .All(attributes, (node, attribute) => node.Message(5, Attribute(attribute.Name, attribute.Value)))); // attribute
        return result;
    }

    /// <summary>Adds a constant of real numbers.</summary>
    public string Constant(string name, ReadOnlySpan<int> shape, ReadOnlySpan<float> values) =>
        Constant(name, shape, FloatType, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Adds a list of whole numbers.</summary>
    public string Constant(string name, params ReadOnlySpan<long> values) =>
        Constant(name, [values.Length], Int64Type, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The whole file.</summary>
    /// <param name="name">Name of the graph.</param>
    /// <param name="description">What people should know of it.</param>
    /// <param name="input">Name and dimensions of the input, without those of the batch.</param>
    /// <param name="output">The same of the output.</param>
    public byte[] ToFile(string name, string description, (string Name, int[] Shape) input, (string Name, int[] Shape) output)
    {
        ProtoWriter graph = new ProtoWriter()
            .All(_nodes, (message, node) => message.Message(1, node)) // node
            .Text(2, name) // name
            .All(_constants, (message, constant) => message.Message(5, constant)) // initializer
            .Text(10, description) // doc_string
            .Message(11, Value(input)).Message(12, Value(output)); // input, output
        return new ProtoWriter()
            .Number(1, Format).Text(2, "EdgeCnn") // ir_version, producer_name
            .Message(7, graph) // graph
            .Message(8, new ProtoWriter().Text(1, "").Number(2, Opset)) // opset_import: domain, version
            .ToArray();
    }

    private string Constant(string name, ReadOnlySpan<int> shape, int type, byte[] data)
    {
        string unique = Unique(name);
        _constants.Add(new ProtoWriter()
            .All(shape.ToArray(), (tensor, size) => tensor.Number(1, size)) // dims
            .Number(2, type).Text(8, unique).Bytes(9, data)); // data_type, name, raw_data
        return unique;
    }

    private string Unique(string name)
    {
        string unique = name;
        for (int number = 2; !_names.Add(unique); number++) unique = $"{name}.{number}";
        return unique;
    }

    private static ProtoWriter Attribute(string name, object value)
    {
        ProtoWriter attribute = new ProtoWriter().Text(1, name); // name
        return value switch
        {
            float number => attribute.Single(2, number).Number(20, FloatAttribute), // f, type
            int number => attribute.Number(3, number).Number(20, IntAttribute), // i
            int[] numbers => attribute.All(numbers, (message, number) => message.Number(8, number)).Number(20, IntsAttribute), // ints
            _ => throw new ArgumentException($"an attribute can't be {value}", nameof(value)),
        };
    }

    private static ProtoWriter Value((string Name, int[] Shape) value)
    {
        ProtoWriter shape = new ProtoWriter()
            .Message(1, new ProtoWriter().Text(2, Batch)) // dim: dim_param
            .All(value.Shape, (message, size) => message.Message(1, new ProtoWriter().Number(1, size))); // dim: dim_value
        ProtoWriter tensor = new ProtoWriter().Number(1, FloatType).Message(2, shape); // elem_type, shape
        return new ProtoWriter().Text(1, value.Name).Message(2, new ProtoWriter().Message(1, tensor)); // name, type: tensor_type
    }
}
