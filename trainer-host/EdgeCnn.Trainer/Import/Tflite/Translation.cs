using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Tflite;

/// <summary>
/// One operator of the file while it is translated: its tensors, its options, and ways to add operators to the model that is being
/// made. What can't be translated is refused with <see cref="Refuse"/>.
/// </summary>
public sealed class Translation
{
    private readonly TfliteFile _file;
    private readonly TfliteNode _node;
    private readonly GraphBuilder _graph;

    internal Translation(TfliteFile file, TfliteNode node, GraphBuilder graph) => (_file, _node, _graph) = (file, node, graph);

    /// <summary>The operator's options, field by field as in the schema.</summary>
    public FlatTable Options => _node.Options;

    /// <summary>The builtin operator.</summary>
    public TfliteOperator Code => (TfliteOperator)_node.Code;

    /// <summary>Number of inputs, absent ones at the end not counted.</summary>
    public int InputCount => Array.FindLastIndex(_node.Inputs, tensor => tensor >= 0) + 1;

    /// <summary>Number of outputs.</summary>
    public int OutputCount => _node.Outputs.Length;

    /// <summary>Whether input <paramref name="index"/> is there.</summary>
    public bool HasInput(int index) => index < _node.Inputs.Length && _node.Inputs[index] >= 0;

    /// <summary>Input <paramref name="index"/>, which the operator must have.</summary>
    public TfliteTensor Input(int index) => HasInput(index) ? _file.Tensors[_node.Inputs[index]] : throw Refuse($"input {index} is missing");

    /// <summary>Output <paramref name="index"/>.</summary>
    public TfliteTensor Output(int index = 0) =>
        index < _node.Outputs.Length ? _file.Tensors[_node.Outputs[index]] : throw Refuse($"output {index} is missing");

    /// <summary>Requires that what the operator reads and writes has elements and no more dimensions than the runtime knows; inputs that
    /// only give a shape aside.</summary>
    internal void RequireShapes(int[] shapeInputs)
    {
        IEnumerable<int> read = _node.Inputs.Where((tensor, i) => tensor >= 0 && !shapeInputs.Contains(i));
        foreach (TfliteTensor tensor in read.Concat(_node.Outputs).Select(tensor => _file.Tensors[tensor]))
        {
            if (tensor.Elements == 0) throw Refuse($"{tensor} has no elements");
            if (tensor.Shape.Length > TensorRecord.MaxRank) throw Refuse($"{tensor} has more than {TensorRecord.MaxRank} dimensions");
        }
    }

    /// <summary>The values of an int32 (or int64) constant.</summary>
    public int[] Constants(int index)
    {
        TfliteTensor tensor = Input(index);
        if (!tensor.IsConstant) throw Refuse($"{tensor} must be a constant");
        return tensor.Type switch
        {
            TfliteType.Int32 => MemoryMarshal.Cast<byte, int>(tensor.Data.Span).ToArray(),
            TfliteType.Int64 => [.. MemoryMarshal.Cast<byte, long>(tensor.Data.Span).ToArray().Select(value =>
                value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Refuse($"{tensor} has a number of more than 32 bits"))],
            _ => throw Refuse($"{tensor} must be int32 or int64"),
        };
    }

    /// <summary>The runtime's element type of a tensor.</summary>
    public int ElementTypeOf(TfliteTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return GraphBuilder.ElementTypeOf(tensor.Type) ?? throw Refuse($"{tensor} is of a type that is not computed in integers");
    }

    /// <summary>
    /// Adds an operator that reads activations and writes <paramref name="output"/>.
    /// </summary>
    /// <param name="code">The operator's code.</param>
    /// <param name="inputs">The activations it reads, in order.</param>
    /// <param name="output">The tensor it writes.</param>
    /// <param name="own">The operator's own 12 bytes.</param>
    /// <param name="complete">Sets weights, constants and params.</param>
    public void Add(
        int code, IReadOnlyList<TfliteTensor> inputs, TfliteTensor output, byte[] own, Func<IntegerOperator, IntegerOperator>? complete = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Add(code, [.. inputs.Select(Activation)], output, own, complete);
    }

    /// <summary>The same with tensors of the model that is being made.</summary>
    public void Add(int code, int[] inputs, TfliteTensor output, byte[] own, Func<IntegerOperator, IntegerOperator>? complete = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ElementTypeOf(output);
        _graph.Add(code, inputs, output, own, complete ?? (op => op));
    }

    /// <summary>The number that an activation has in the model that is being made.</summary>
    public int Activation(TfliteTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return _graph.TensorOf(tensor) ?? throw Refuse($"{tensor} is not an activation");
    }

    /// <summary>The activation that a convolution or fully connected layer reads, which where fusion is allowed may be the one before a
    /// reshape or a border.</summary>
    public int Source(TfliteTensor tensor, byte[] own)
    {
        int index = Activation(tensor);
        if (!MayFuse) return index;
        return Code switch
        {
            TfliteOperator.FullyConnected => Fusion.BeforeReshapes(_graph.Model, index),
            TfliteOperator.Conv2D or TfliteOperator.DepthwiseConv2D => Fusion.BeforeBorder(_graph.Model, index, Output().Shape, own),
            _ => index,
        };
    }

    /// <summary>Adds an operator that reads an activation and writes a tensor that the file does not have.</summary>
    /// <returns>The number of that tensor.</returns>
    public int AddUnnamed(
        int code, TfliteTensor input, IntegerTensor output, byte[] own, Func<IntegerOperator, IntegerOperator> complete) =>
        _graph.AddUnnamed(code, [Activation(input)], output, own, complete);

    /// <summary>Adds an operator that reads any number of activations, through the list of inputs in its params block.</summary>
    /// <param name="code">The operator's code.</param>
    /// <param name="inputs">The activations it reads, in order, as numbers of the model that is being made.</param>
    /// <param name="output">The tensor it writes.</param>
    /// <param name="own">The operator's own 12 bytes.</param>
    public void AddJoined(int code, int[] inputs, TfliteTensor output, byte[] own) =>
        Add(code, inputs, output, own, op => op with { Params = SectionBuilder.UInt16s(op.Inputs), HasInputList = true });

    /// <summary>
    /// Where fusion is allowed, lets the operator that writes the input hold it to [min, max] itself, so that it writes this operator's
    /// output; false when it can't, or when somebody else needs the input as it is.
    /// </summary>
    public bool MergeClamp(int min, int max)
    {
        TfliteTensor input = Input(0), output = Output();
        if (!MayFuse || input.Quantization != output.Quantization || IsModelOutput(input)) return false;
        if (_file.Nodes.Count(node => node.Inputs.Contains(input.Index)) > 1) return false;
        int tensor = Activation(input);
        if (!Fusion.MergeClamp(_graph.Model, tensor, min, max)) return false;
        _graph.Replace(tensor, output);
        return true;
    }

    /// <summary>The output is the input under another name: no operator, the same tensor.</summary>
    public void Alias(TfliteTensor input, TfliteTensor output) => _graph.Alias(input, output);

    /// <summary>Whether the tensor is computed, or an input of the model.</summary>
    public bool IsActivation(TfliteTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return _graph.TensorOf(tensor) is not null;
    }

    /// <summary>Whether an application reads the tensor.</summary>
    public bool IsModelOutput(TfliteTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return _file.Outputs.Contains(tensor.Index);
    }

    /// <summary>Whether operators that inference does not need may be dropped or fused.</summary>
    public bool MayFuse => _graph.MayFuse;

    /// <summary>The fused activation's bounds in real numbers (ActivationFunctionType of the schema).</summary>
    public (double Min, double Max) Activation(int function) => function switch
    {
        0 => (double.NegativeInfinity, double.PositiveInfinity),
        1 => (0, double.PositiveInfinity),
        2 => (-1, 1),
        3 => (0, 6),
        _ => throw Refuse($"fused activation {function} is not supported; only ReLU, ReLU6 and ReLU_N1_TO_1 are"),
    };

    /// <summary>Requires that two tensors have the same scale and zero point.</summary>
    public void RequireSameQuantization(TfliteTensor a, TfliteTensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Quantization != b.Quantization) throw Refuse($"{a} and {b} must have the same scale and zero point");
    }

    /// <summary>A ratio of scales as multiplier and shift.</summary>
    public FixedMultiplier Multiplier(double ratio) => ratio >= 0 && ratio < 1 << Requantize.MaxShift
        ? FixedMultiplier.Of(ratio)
        : throw Refuse($"the scales' ratio {ratio:g3} is too large for fixed point");

    /// <summary>What <paramref name="make"/> makes; where it finds that it can't, the operator is refused.</summary>
    public T Exported<T>(Func<T> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        try
        {
            return make();
        }
        catch (ExportException reason)
        {
            throw Refuse(reason.Message);
        }
    }

    /// <summary>The reason why this operator can't be imported, with its place and shapes.</summary>
    public ImportException Refuse(string reason)
    {
        IEnumerable<string> shapes = _node.Inputs.Where(tensor => tensor >= 0).Select(tensor => _file.Tensors[tensor].ToString());
        return new ImportException($"operator {_node.Index} ({Code}) on {string.Join(", ", shapes)}: {reason}");
    }
}
