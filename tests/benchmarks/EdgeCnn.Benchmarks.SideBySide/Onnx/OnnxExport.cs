using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;

namespace EdgeCnn.Benchmarks.SideBySide.Onnx;

/// <summary>
/// Writes a model as an ONNX graph with the same operators, shapes, strides, activations and weights. Images are channels first, as ONNX
/// has them; the output is in real numbers.
/// </summary>
internal sealed unsafe class OnnxExport
{
    /// <summary>Name of the graph's input.</summary>
    public const string Input = "input";

    /// <summary>Name of the graph's output.</summary>
    public const string Output = "output";

    private readonly byte* _file;
    private readonly INumbers _numbers;
    private readonly OnnxGraph _graph = new();

    /// <summary>By tensor: the name under which it is stored.</summary>
    private readonly Dictionary<int, string> _stored = [];

    /// <summary>By stored name: the name of the real value.</summary>
    private readonly Dictionary<string, string> _real = [];

    /// <summary>What a softmax in the end computed, which is not stored as integers.</summary>
    private string _last = "";

    private OnnxExport(byte* file, INumbers numbers)
    {
        _file = file;
        _numbers = numbers;
    }

    /// <summary>The bytes of an <c>.onnx</c> file.</summary>
    /// <param name="model">A model for the portable tile, whose records are those of the file.</param>
    /// <param name="numbers">In which form.</param>
    /// <exception cref="NotSupportedException">The model has an operator that is not in any of the compared models.</exception>
    public static byte[] Write(EdgeModel model, INumbers numbers)
    {
        var export = new OnnxExport(model.ModelPointer, numbers);
        TensorInfo input = model.Inputs[0], output = model.Outputs[0];
        export._stored[input.Index] = Input;
        export._graph.Input(Input, numbers.InputType, ShapeOf(input));
        export._graph.Output(Output, OnnxType.Single, ShapeOf(output));
        foreach (OperatorInfo op in model.Operators) export.Add(op, ModelFile.Operator(model.ModelPointer, op.Index));
        if (export._last != Output) export._graph.Node("Identity", [export.Real(output)], Output);
        return export._graph.ToArray();
    }

    /// <summary>A tensor's dimensions, channels first.</summary>
    public static long[] ShapeOf(TensorInfo tensor) => tensor.Shape.Count == 4
        ? [tensor.Shape[0], tensor.Shape[3], tensor.Shape[1], tensor.Shape[2]]
        : [.. tensor.Shape.Select(size => (long)size)];

    private void Add(OperatorInfo op, int record)
    {
        string name = $"{op.Name}{op.Index}";
        switch (OperatorRecord.Code(_file, record))
        {
            case Conv2D.Code: AddConvolution(op, record, name, op.Input.Shape[3], group: 1); break;
            case DepthwiseConv2D.Code: AddConvolution(op, record, name, 1, op.Input.Shape[3]); break;
            case FullyConnected.Code: AddProduct(op, record, name); break;
            case MaxPool.Code: Keep(op, record, _graph.Node("MaxPool", [Real(op.Input)], name, Window(op, record))); break;
            case AveragePool.Code: Keep(op, record, AddAverage(op, record, name)); break;
            case EdgeCnn.Add.Code: Keep(op, record, _graph.Node("Add", op.Inputs.Select(Real), name)); break;
            case Softmax.Code: _last = _graph.Node("Softmax", [Real(op.Input)], Output, new OnnxAttribute("axis", -1)); break;
            default:
                throw new NotSupportedException($"operator {op.Index}, {op.Name}, is not known here yet; add it to {nameof(OnnxExport)}");
        }
    }

    private void AddConvolution(OperatorInfo op, int record, string name, int depth, int group)
    {
        int height = EdgeCnn.Window.KernelHeight(_file, record), width = EdgeCnn.Window.KernelWidth(_file, record);
        var filter = new Filter(_file, record, op, height * width, depth);
        Keep(op, record, _graph.Node(
            "Conv", [Real(op.Input), .. Constants(op, name, filter, [filter.Channels, depth, height, width])], name,
            [.. Window(op, record), new("group", group)]));
    }

    private void AddProduct(OperatorInfo op, int record, string name)
    {
        // An image is flattened channel by channel, and the weights with it.
        bool isImage = op.Input.Shape.Count == 4;
        int depth = op.Input.Shape[^1], places = op.Input.Elements / op.Input.Shape[0] / depth;
        if (isImage) _stored[op.Input.Index] = _graph.Node("Flatten", [_stored[op.Input.Index]], $"{name}.flat");
        var filter = new Filter(_file, record, op, places, depth);
        Keep(op, record, _graph.Node(
            "Gemm", [Real(op.Input), .. Constants(op, name, filter, [filter.Channels, places * depth])], name,
            new OnnxAttribute("transB", 1)));
    }

    private string AddAverage(OperatorInfo op, int record, string name) =>
        op.Output.Shape[1] * op.Output.Shape[2] == 1
            ? _graph.Node("GlobalAveragePool", [Real(op.Input)], name)
            : _graph.Node("AveragePool", [Real(op.Input)], name, Window(op, record));

    private string[] Constants(OperatorInfo op, string name, Filter filter, long[] shape) =>
    [
        _numbers.Weights(_graph, $"{name}.weights", filter, shape),
        _numbers.Bias(_graph, $"{name}.bias", filter, op.Input.Scale),
    ];

    private string Real(TensorInfo tensor)
    {
        string stored = _stored[tensor.Index];
        if (!_real.ContainsKey(stored)) _real[stored] = _numbers.Load(_graph, tensor, stored);
        return _real[stored];
    }

    /// <summary>Stores an operator's result, after the rectifier that the record holds as a clamp.</summary>
    private void Keep(OperatorInfo op, int record, string real)
    {
        bool rectifies = Clamp.Min(_file, record) == op.Output.ZeroPoint && OperatorRecord.Requant(_file, record) != 0;
        if (rectifies && !(_numbers.Saturates && op.Output.ZeroPoint == sbyte.MinValue))
            real = _graph.Node("Relu", [real], $"{real}.relu");
        _stored[op.Output.Index] = _numbers.Store(_graph, op.Output, real);
    }

    private OnnxAttribute[] Window(OperatorInfo op, int record)
    {
        int[] sizes = [EdgeCnn.Window.KernelHeight(_file, record), EdgeCnn.Window.KernelWidth(_file, record)];
        int[] strides = [EdgeCnn.Window.StrideY(_file, record), EdgeCnn.Window.StrideX(_file, record)];
        int[] before = [EdgeCnn.Window.PadTop(_file, record), EdgeCnn.Window.PadLeft(_file, record)];
        int[] dilations = [EdgeCnn.Window.DilationY(_file, record), EdgeCnn.Window.DilationX(_file, record)];
        // What the last window reads beyond the input.
        int[] after = [.. before.Select((pad, axis) =>
            (op.Output.Shape[1 + axis] - 1) * strides[axis] + (sizes[axis] - 1) * dilations[axis] + 1 - pad - op.Input.Shape[1 + axis])];
        return
        [
            OnnxAttribute.List("kernel_shape", sizes[0], sizes[1]), OnnxAttribute.List("strides", strides[0], strides[1]),
            OnnxAttribute.List("pads", before[0], before[1], Math.Max(after[0], 0), Math.Max(after[1], 0)),
            OnnxAttribute.List("dilations", dilations[0], dilations[1]),
        ];
    }
}
