using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>An input, an output, or a tensor between operators that the file describes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions; 0 for one that is known only at run time; null when nothing is said.</param>
/// <param name="Symbols">The names of dimensions that have one.</param>
internal sealed record OnnxValue(string Name, OnnxType Type, int[]? Shape, string[] Symbols);

/// <summary>
/// An ONNX file, as far as an import needs it. Field numbers are those of onnx.proto (github.com/onnx/onnx, onnx/onnx.proto), which a
/// comment behind each names.
/// </summary>
internal sealed class OnnxFile
{
    /// <summary>Versions of ONNX's own operator set whose operators are read as they are defined there.</summary>
    public const int OldestOpset = 7, NewestOpset = 24;

    private const string Microsoft = "com.microsoft";

    private OnnxFile(ProtoMessage model)
    {
        ProtoMessage graph = model.Message(7); // ModelProto.graph
        if (!model.Has(7)) throw new ImportException("the file is not an ONNX model: it has no graph");
        foreach (ProtoMessage set in model.Messages(8)) // opset_import
            if (set.Text(1) is "" or "ai.onnx") Opset = (int)Math.Clamp(set.Integer(2), 0, int.MaxValue); // domain, version
        if (Opset is < OldestOpset or > NewestOpset)
            throw new ImportException(
                $"the file uses version {Opset} of ONNX's operators; versions {OldestOpset} to {NewestOpset} can be imported");
        if (graph.Has(15)) throw new ImportException("the file has sparse initializers; save it with dense ones"); // sparse_initializer
        ProtoMessage[] nodes = graph.Messages(1), constants = graph.Messages(5); // node, initializer
        if (nodes.Length > ImportLimits.Operators || constants.Length > ImportLimits.Tensors)
            throw new ImportException($"the file has {nodes.Length} operators and {constants.Length} initializers; "
                + $"at most {ImportLimits.Operators} and {ImportLimits.Tensors} can be imported");
        foreach (OnnxTensor tensor in constants.Select(constant => ReadTensor(constant))) Initializers[tensor.Name] = tensor;
        Nodes = [.. nodes.Select(ReadNode)];
        // Before version 4 of the format every initializer is listed as an input too.
        Inputs = [.. graph.Messages(11).Select(ReadValue).Where(input => !Initializers.ContainsKey(input.Name))]; // input
        Outputs = [.. graph.Messages(12).Select(ReadValue)]; // output
        Described = [.. graph.Messages(13).Select(ReadValue)]; // value_info
        if (Inputs.Count > IORecord.MaxEntries || Outputs.Count > IORecord.MaxEntries || Inputs.Count == 0 || Outputs.Count == 0)
            throw new ImportException($"the graph has {Inputs.Count} inputs and {Outputs.Count} outputs; "
                + $"there must be 1 to {IORecord.MaxEntries} of each");
    }

    /// <summary>The version of ONNX's own operators.</summary>
    public int Opset { get; }

    public IReadOnlyList<OnnxNode> Nodes { get; }

    public Dictionary<string, OnnxTensor> Initializers { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<OnnxValue> Inputs { get; }

    public IReadOnlyList<OnnxValue> Outputs { get; }

    /// <summary>Tensors between operators that have a description; a file need not have any.</summary>
    public IReadOnlyList<OnnxValue> Described { get; }

    /// <summary>Whether a file may be one: its first field is the version of the format, a small number.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> file) => file.Length > 2 && file[0] == 0x08 && file[1] is > 0 and < 32;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImportException">It is not an ONNX file, or it is damaged.</exception>
    public static OnnxFile Read(ReadOnlyMemory<byte> file) => new(new ProtoMessage(UnsafeByteOperations.UnsafeWrap(file)));

    private static OnnxNode ReadNode(ProtoMessage node, int index)
    {
        var attributes = new Dictionary<string, OnnxAttribute>(StringComparer.Ordinal);
        foreach (ProtoMessage attribute in node.Messages(5)) // attribute
        {
            OnnxTensor? tensor = attribute.Has(5) ? ReadTensor(attribute.Message(5)) : null; // t
            // f, i, s, floats, ints
            attributes[attribute.Text(1)] = new OnnxAttribute(
                attribute.Integer(3), attribute.Single(2), attribute.Text(4), attribute.Integers(8), attribute.Singles(7), tensor);
        }
        string domain = node.Text(7), kind = node.Text(4); // domain, op_type
        // Quantizers write the quantization of Microsoft's own set where ONNX's set lacked a type; it means the same.
        bool own = domain is "" or "ai.onnx" || (domain == Microsoft && kind is "QuantizeLinear" or "DequantizeLinear");
        return new OnnxNode(index, node.Text(3), own ? kind : $"{domain}.{kind}", node.Texts(1), node.Texts(2), attributes);
    }

    private static OnnxValue ReadValue(ProtoMessage value)
    {
        ProtoMessage tensor = value.Message(2).Message(1); // type, tensor_type
        ProtoMessage[] dimensions = tensor.Message(2).Messages(1); // shape, dim
        int[] shape = [.. dimensions.Select(dimension => (int)Math.Clamp(dimension.Integer(1), 0, int.MaxValue))]; // dim_value
        string[] symbols = [.. dimensions.Select(dimension => dimension.Text(2))]; // dim_param
        return new OnnxValue(value.Text(1), (OnnxType)tensor.Integer(1), tensor.Has(2) ? shape : null, symbols);
    }

    private static OnnxTensor ReadTensor(ProtoMessage tensor)
    {
        string name = tensor.Text(8), place = $"the constant '{OnnxNode.Shortened(name)}'"; // name
        long[] sizes = tensor.Integers(1); // dims
        if (sizes.Any(size => size is < 0 or > ImportLimits.TensorElements)
            || sizes.Aggregate(1L, (product, size) => Math.Min(product * Math.Max(size, 1), int.MaxValue)) > ImportLimits.TensorElements)
            throw new ImportException($"{place} has the impossible shape [{string.Join(", ", sizes)}]");
        int[] shape = [.. sizes.Select(size => (int)size)];
        var type = (OnnxType)tensor.Integer(2); // data_type
        if (tensor.Integer(14) != 0 || tensor.Has(13)) // data_location, external_data
            throw new ImportException($"{place} has its data in another file; save the model with all data in one file");
        int elements = shape.Aggregate(1, (product, size) => product * size), bytes = OnnxTensor.Bytes(type);
        if (bytes == 0) return new OnnxTensor(name, shape, type, []);
        byte[] data = tensor.Has(9) ? tensor.Bytes(9) : Typed(tensor, type); // raw_data
        if (data.Length != (long)elements * bytes)
            throw new ImportException($"{place} has {data.Length} bytes of data for {elements} {type}");
        return new OnnxTensor(name, shape, type, data);
    }

    /// <summary>Elements in the field of their type: float_data, int32_data (all that is narrower too), int64_data.</summary>
    private static byte[] Typed(ProtoMessage tensor, OnnxType type) => type switch
    {
        OnnxType.Float32 => MemoryMarshal.AsBytes<float>(tensor.Singles(4)).ToArray(),
        OnnxType.Int64 => MemoryMarshal.AsBytes<long>(tensor.Integers(7)).ToArray(),
        OnnxType.Float64 => throw new ImportException("a constant of double precision is not stored as raw data; save it as float32"),
        _ => [.. tensor.Integers(5).SelectMany(value => BitConverter.GetBytes(value).Take(OnnxTensor.Bytes(type)))],
    };
}
