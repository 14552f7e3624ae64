using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Tflite;

/// <summary>Element types of the TensorFlow Lite schema, by number.</summary>
public enum TfliteType
{
    /// <summary>IEEE 754 single precision.</summary>
    Float32 = 0,

    /// <summary>Signed 32 bits.</summary>
    Int32 = 2,

    /// <summary>Unsigned 8 bits.</summary>
    UInt8 = 3,

    /// <summary>Signed 64 bits.</summary>
    Int64 = 4,

    /// <summary>Signed 16 bits.</summary>
    Int16 = 7,

    /// <summary>Signed 8 bits.</summary>
    Int8 = 9,

    /// <summary>Signed 4 bits, two to a byte, the lower half first.</summary>
    Int4 = 17,
}

/// <summary>A tensor of the file.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Dimensions, outermost first.</param>
/// <param name="Type">Element type; a number without a name is one that can't be imported.</param>
/// <param name="Data">The bytes of a constant; empty for an activation.</param>
/// <param name="Scales">One scale, or one per slice along <paramref name="QuantizedDimension"/>; empty when not quantized.</param>
/// <param name="ZeroPoints">As many as scales.</param>
/// <param name="QuantizedDimension">The dimension that per-channel scales belong to.</param>
/// <param name="IsDynamic">Whether a dimension is unknown until run time.</param>
public sealed record TfliteTensor(
    int Index, string Name, int[] Shape, TfliteType Type, ReadOnlyMemory<byte> Data, float[] Scales, long[] ZeroPoints,
    int QuantizedDimension, bool IsDynamic)
{
    /// <summary>Whether the tensor's values are in the file.</summary>
    public bool IsConstant => !Data.IsEmpty;

    /// <summary>Number of elements.</summary>
    public int Elements => Shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>Scale and zero point of a tensor that has one of each.</summary>
    public QuantizationParameters Quantization =>
        Scales.Length > 0 ? new QuantizationParameters(Scales[0], ZeroPoints.Length > 0 ? (int)ZeroPoints[0] : 0) : new QuantizationParameters(1, 0);

    /// <summary>As read in messages: name, type and shape. Converters join the names of all that they fused; the first says enough.</summary>
    public override string ToString()
    {
        string first = Name.Split(';')[0];
        return $"'{(first.Length <= MaxName ? first : "…" + first[^MaxName..])}' {Type} [{string.Join(", ", Shape)}]";
    }

    private const int MaxName = 40;
}

/// <summary>An operator of the file.</summary>
/// <param name="Index">Position in execution order.</param>
/// <param name="Code">The builtin operator's number in the schema.</param>
/// <param name="Inputs">Tensor numbers; −1 for an optional input that is absent.</param>
/// <param name="Outputs">Tensor numbers.</param>
/// <param name="Options">The builtin options table.</param>
public sealed record TfliteNode(int Index, int Code, int[] Inputs, int[] Outputs, FlatTable Options);

/// <summary>
/// A TensorFlow Lite file, as far as an import needs it: the first subgraph. Field numbers are those of the TensorFlow Lite schema,
/// version 3 (tensorflow/compiler/mlir/lite/schema/schema.fbs).
/// </summary>
public sealed class TfliteFile
{
    private const int SchemaVersion = 3;

    private TfliteFile(FlatTable model)
    {
        if (model.Int32(0) != SchemaVersion)
            throw new ImportException($"the file has schema version {model.Int32(0)}; only version {SchemaVersion} can be imported");
        FlatTable[] graphs = model.Tables(2), buffers = model.Tables(4);
        if (graphs.Length != 1) throw new ImportException($"the file has {graphs.Length} subgraphs; only models of one can be imported");
        // The older field is 8 bits and saturates at 127; the newer one holds what it can't.
        int[] codes = [.. model.Tables(1).Select(code => Math.Max(code.Int8(0), code.Int32(3)))];
        FlatTable graph = graphs[0];
        FlatTable[] tensors = graph.Tables(0), nodes = graph.Tables(3);
        if (tensors.Length > ImportLimits.Tensors || nodes.Length > ImportLimits.Operators)
            throw new ImportException($"the file has {tensors.Length} tensors and {nodes.Length} operators; "
                + $"at most {ImportLimits.Tensors} and {ImportLimits.Operators} can be imported");
        Tensors = [.. tensors.Select((tensor, i) => ReadTensor(tensor, i, buffers))];
        Inputs = Checked(graph.Int32s(1), "the graph's inputs");
        Outputs = Checked(graph.Int32s(2), "the graph's outputs");
        if (Inputs.Count > IORecord.MaxEntries || Outputs.Count > IORecord.MaxEntries || Inputs.Distinct().Count() != Inputs.Count)
            throw new ImportException($"the graph has {Inputs.Count} inputs and {Outputs.Count} outputs; "
                + $"there may be {IORecord.MaxEntries} of each, and no input twice");
        Nodes = [.. nodes.Select((node, i) => ReadNode(node, i, codes))];
    }

    /// <summary>All tensors.</summary>
    public IReadOnlyList<TfliteTensor> Tensors { get; }

    /// <summary>The operators in execution order.</summary>
    public IReadOnlyList<TfliteNode> Nodes { get; }

    /// <summary>Tensor numbers of the model's inputs.</summary>
    public IReadOnlyList<int> Inputs { get; }

    /// <summary>Tensor numbers of the model's outputs.</summary>
    public IReadOnlyList<int> Outputs { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImportException">It is not a TensorFlow Lite file, or it is damaged.</exception>
    public static TfliteFile Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length < 8 || !file.Span.Slice(4, 4).SequenceEqual("TFL3"u8))
            throw new ImportException("this is not a TensorFlow Lite file: it does not have TFL3 at byte 4");
        return new TfliteFile(FlatTable.Root(file));
    }

    private static TfliteTensor ReadTensor(FlatTable tensor, int index, FlatTable[] buffers)
    {
        int buffer = tensor.Int32(2);
        if ((uint)buffer >= buffers.Length) throw new ImportException($"tensor {index} names buffer {(uint)buffer} of {buffers.Length}");
        FlatTable quantization = tensor.Table(4);
        int[] shape = tensor.Int32s(0);
        // A dimension of 0 (known at run time only) must not hide what the others ask for.
        if (shape.Any(size => size < 0) || shape.Aggregate(1L, Product) > ImportLimits.TensorElements)
            throw new ImportException(
                $"tensor {index} has the impossible shape [{string.Join(", ", shape)}]; at most {ImportLimits.TensorElements} elements");
        var read = new TfliteTensor(
            index, tensor.Text(3), shape, (TfliteType)tensor.Int8(1), buffers[buffer].Bytes(0), quantization.Singles(2), quantization.Int64s(3),
            quantization.Int32(6), tensor.Int32s(7).Any(size => size < 0));
        TfliteTensorCheck.Require(read);
        return read;

        static long Product(long product, int size) => Math.Min(product * Math.Max(size, 1), int.MaxValue);
    }

    private TfliteNode ReadNode(FlatTable node, int index, int[] codes)
    {
        int code = node.Int32(0);
        if ((uint)code >= codes.Length) throw new ImportException($"operator {index} names operator code {(uint)code} of {codes.Length}");
        int[] inputs = node.Int32s(1), outputs = node.Int32s(2);
        Checked([.. inputs.Where(tensor => tensor != -1)], $"operator {index}'s inputs");
        Checked(outputs, $"operator {index}'s outputs");
        return new TfliteNode(index, codes[code], inputs, outputs, node.Table(4));
    }

    private int[] Checked(int[] tensors, string whose)
    {
        foreach (int tensor in tensors)
            if ((uint)tensor >= Tensors.Count) throw new ImportException($"{whose} name tensor {tensor} of {Tensors.Count}");
        return tensors;
    }
}
