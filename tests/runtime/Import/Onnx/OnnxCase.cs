using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Import.Onnx;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Tests.Import.Onnx;

/// <summary>
/// A model of one operator between quantized tensors, as quantizers write them: DequantizeLinear of each input, the operator,
/// QuantizeLinear of its result. Everything in it follows from the case's name, which is the seed.
/// </summary>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">The operator, or several in a row with a space between, each reading the one before.</param>
/// <param name="Inputs">Shapes of the activations it reads.</param>
internal sealed record OnnxCase(string Name, string Kind, params int[][] Inputs)
{
    /// <summary>Shapes of weights in int8, their scales along the axis in the second member (−1: one scale), then a bias or not.</summary>
    public (int[] Shape, int Axis, bool HasBias)? Weights { get; init; }

    /// <summary>Constants behind the other inputs: long[] or (shape, float[]).</summary>
    public object?[] Constants { get; init; } = [];

    public (string Name, object Value)[] Attributes { get; init; } = [];

    /// <summary>Element type of activations.</summary>
    public OnnxType Type { get; init; } = OnnxType.Int8;

    /// <summary>Whether the weights are uint8 with zero point 128.</summary>
    public bool HasUnsignedWeights { get; init; }

    /// <summary>Whether the result has the first input's scale and zero point.</summary>
    public bool SameQuantization { get; init; }

    public int Opset { get; init; } = 17;

    public int Outputs { get; init; } = 1;

    /// <summary>Real numbers of the inputs reach from −Reach or 0 to Reach.</summary>
    public float Reach { get; init; } = 3;

    public bool IsPositive { get; init; }

    public override string ToString() => Name;

    private uint Seed => Name.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u);

    /// <summary>How input i is quantized, as int8.</summary>
    public QuantizationParameters Input(int i) =>
        QuantizationParameters.Covering(IsPositive ? 0 : -Reach * (0.8 + 0.1 * i), Reach * (1 - 0.2 * i));

    /// <summary>Random integers of an input, as int8.</summary>
    public sbyte[] Values(int input)
    {
        var random = new SplitMix64(Seed, (ulong)(100 + input));
        var values = new sbyte[FloatTensor.Count(Inputs[input])];
        for (int i = 0; i < values.Length; i++) values[i] = (sbyte)(random.Below(256) - 128);
        return values;
    }

    /// <summary>The operator alone, in float: its real results on the inputs' real numbers.</summary>
    public FloatTensor[] Real()
    {
        var file = new OnnxBytes();
        string[] inputs = [.. Inputs.Select((shape, i) => file.Input($"x{i}", OnnxType.Float32, shape))];
        string[] outputs = Operate(file, inputs);
        foreach (string output in outputs) file.Output(output, OnnxType.Float32);
        OnnxGraph graph = GraphPreparation.Prepare(OnnxFile.Read(file.File(Opset)));
        var values = new Dictionary<string, FloatTensor>();
        for (int i = 0; i < inputs.Length; i++)
            values[inputs[i]] = new FloatTensor(Inputs[i], [.. Values(i).Select(q => (q - Input(i).ZeroPoint) * Input(i).Scale)]);
        foreach (OnnxNode node in graph.Nodes)
        {
            if (graph.Refused.TryGetValue(node, out var refused)) throw refused;
            FloatTensor[] read = [.. node.Inputs.Select(name =>
                name.Length == 0 ? new FloatTensor([], []) : values.TryGetValue(name, out FloatTensor? value) ? value : graph.Real(name))];
            FloatTensor[] results = OnnxOperator.Of(node)!.Evaluate(new OnnxCall(graph, node), read);
            for (int i = 0; i < results.Length; i++) values[node.Outputs[i]] = results[i];
        }
        return [.. outputs.Select(output => values[graph.Resolved(output)])];
    }

    /// <summary>How the results are quantized, as int8: covering what they are.</summary>
    public QuantizationParameters Output(FloatTensor[] real) => SameQuantization
        ? Input(0)
        : QuantizationParameters.Covering(real.Min(result => result.Values.Min()), real.Max(result => result.Values.Max()));

    /// <summary>The model, between integers.</summary>
    public byte[] File(FloatTensor[] real)
    {
        var file = new OnnxBytes();
        string[] inputs = [.. Inputs.Select((shape, i) =>
        {
            file.Input($"q{i}", Type, shape);
            return file.Node("DequantizeLinear", [$"q{i}", .. Quantization(file, $"q{i}", Input(i))], $"x{i}");
        })];
        string[] outputs = Operate(file, inputs);
        for (int i = 0; i < outputs.Length; i++)
        {
            file.Node("QuantizeLinear", [outputs[i], .. Quantization(file, outputs[i], Output(real))], $"r{i}");
            file.Output($"r{i}", Type, real[i].Shape);
        }
        return file.File(Opset);
    }

    /// <summary>An integer as the file has it.</summary>
    public byte Stored(int q) => unchecked((byte)(Type == OnnxType.UInt8 ? q + 128 : q));

    private string[] Quantization(OnnxBytes file, string name, QuantizationParameters quantization) =>
    [
        file.Constant($"{name}.scale", [], quantization.Scale),
        file.Constant($"{name}.zero", Type, [], [Stored(quantization.ZeroPoint)]),
    ];

    private string[] Operate(OnnxBytes file, string[] inputs)
    {
        List<string> read = [.. inputs];
        if (Weights is { } weights) AddWeights(file, read, weights.Shape, weights.Axis, weights.HasBias);
        for (int i = 0; i < Constants.Length; i++)
            read.Add(Constants[i] switch
            {
                long[] integers => file.Integers($"c{i}", integers),
                (int[] shape, float[] values) => file.Constant($"c{i}", shape, values),
                _ => "",
            });
        string[] kinds = Kind.Split(' '), outputs = [.. Enumerable.Range(0, Outputs).Select(i => $"y{i}")];
        file.Node(kinds[0], [.. read], outputs, Attributes);
        foreach (string kind in kinds.Skip(1)) outputs = [file.Node(kind, [outputs[0]], outputs[0] + kind)];
        return outputs;
    }

    private void AddWeights(OnnxBytes file, List<string> read, int[] shape, int axis, bool hasBias)
    {
        var random = new SplitMix64(Seed, 1);
        int channels = axis < 0 ? 1 : shape[axis], center = HasUnsignedWeights ? 128 : 0;
        float[] scales = [.. Enumerable.Range(0, channels).Select(c => 0.01f + 0.003f * (c % 5))];
        byte[] values = new byte[FloatTensor.Count(shape)];
        for (int i = 0; i < values.Length; i++) values[i] = unchecked((byte)(random.Below(255) - 127 + center));
        OnnxType type = HasUnsignedWeights ? OnnxType.UInt8 : OnnxType.Int8;
        file.Constant("w", type, shape, values);
        file.Constant("w.scale", axis < 0 ? [] : [channels], scales);
        file.Constant("w.zero", type, axis < 0 ? [] : [channels], [.. Enumerable.Repeat((byte)center, channels)]);
        read.Add(file.Node("DequantizeLinear", ["w", "w.scale", "w.zero"], "w.real", ("axis", Math.Max(axis, 0))));
        if (!hasBias) return;
        int count = Kind.StartsWith("Gemm", StringComparison.Ordinal)
            ? shape[Attributes.Contains(("transB", (object)1)) ? 0 : 1]
            : shape[Kind.StartsWith("ConvTranspose", StringComparison.Ordinal) ? 1 : 0];
        read.Add(file.Constant("b", [count], [.. Enumerable.Range(0, count).Select(i => (i % 7 - 3) * 0.4f)]));
    }
}
