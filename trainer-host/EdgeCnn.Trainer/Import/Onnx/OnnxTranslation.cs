using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>One operator while it is translated: its activations in the order of axes that it wants, and ways to add operators.</summary>
internal sealed class OnnxTranslation(OnnxGraph graph, OnnxNode node, OnnxActivations activations) : OnnxCall(graph, node)
{
    public OnnxActivations Activations { get; } = activations;

    public bool MayFuse => Activations.Integers.MayFuse;

    /// <summary>N, then the places, then the channels, which ONNX has second.</summary>
    public static int[] ChannelsLast(int rank) => rank < 3 ? InOrder(rank) : [0, .. Enumerable.Range(2, rank - 2), 1];

    /// <summary>The axes as ONNX has them.</summary>
    public static int[] InOrder(int rank) => [.. Enumerable.Range(0, rank)];

    /// <summary>How an input that is computed is quantized.</summary>
    public QuantizationParameters Quantization(int input = 0) => Activations.Plan.Of(Name(input)) is { } known
        ? known
        : throw Refuse(IsConstant(input) ? $"'{Name(input)}' must not be a constant" : $"'{Name(input)}' is not quantized");

    /// <summary>How a result is to be quantized.</summary>
    public QuantizationParameters Result(int output = 0) => Activations.Plan.Of(Node.Outputs[output]) is { } known
        ? known
        : throw Refuse("its result is not quantized: there is no QuantizeLinear behind it");

    /// <summary>The clamp that is fused into the operator.</summary>
    public (double Min, double Max) Clamp => Activations.Plan.ClampOf(Node.Outputs[0]);

    /// <summary>The order of axes in which an input is stored.</summary>
    public int[] Order(int input = 0) => Activations.OrderOf(Name(input)) ?? throw Missing(input);

    /// <summary>The tensor of an input, its axes in a given order.</summary>
    public int Tensor(int input, int[] order) => Activations.Tensor(Name(input), order) ?? throw Missing(input);

    /// <summary>The tensor of an input, its axes as ONNX has them.</summary>
    public int Tensor(int input = 0) => Tensor(input, InOrder(Rank(input)));

    /// <summary>Sets the clamp of an operator's own fields.</summary>
    public void SetClamp(byte[] own) => OwnFields.SetClamp(own, Result(), Clamp.Min, Clamp.Max);

    /// <summary>Adds the operator that writes a result.</summary>
    /// <param name="code">The operator's code.</param>
    /// <param name="inputs">The tensors it reads.</param>
    /// <param name="order">The order of the result's axes.</param>
    /// <param name="own">The operator's own 12 bytes.</param>
    /// <param name="complete">Sets weights, constants and params.</param>
    /// <param name="output">Which result.</param>
    /// <param name="natural">How the operator quantizes, where it has no choice; another operator then follows.</param>
    public void Add(
        int code, int[] inputs, int[] order, byte[] own, Func<IntegerOperator, IntegerOperator>? complete = null, int output = 0,
        QuantizationParameters? natural = null)
    {
        int[] shape = [.. order.Select(axis => OutputShape(output)[axis])];
        int tensor = AddTemporary(code, inputs, shape, natural ?? Result(output), own, complete);
        Store(Requantized(tensor, Result(output)), order, output);
    }

    /// <summary>Adds an operator whose output is not a tensor of the file; the number of that output.</summary>
    public int AddTemporary(
        int code, int[] inputs, int[] shape, QuantizationParameters quantization, byte[] own,
        Func<IntegerOperator, IntegerOperator>? complete = null, int type = ElementType.Int8)
    {
        int[] stored = shape.Length == 0 ? [1] : shape;
        if (stored.Length > TensorRecord.MaxRank) throw Refuse($"a result has more than {TensorRecord.MaxRank} dimensions");
        return Activations.Integers.Add(code, inputs, new IntegerTensor(stored, quantization, type), own, complete ?? (op => op));
    }

    /// <summary>The tensor in another quantization, if it isn't already.</summary>
    public int Requantized(int tensor, QuantizationParameters wanted) => Activations.Requantized(tensor, wanted);

    /// <summary>A tensor under another shape, the order of its elements unchanged.</summary>
    public int Reshaped(int tensor, int[] shape) => Activations.Reshaped(tensor, shape);

    /// <summary>Says which tensor a result has become.</summary>
    public void Store(int tensor, int[] order, int output = 0) => Activations.Store(Node.Outputs[output], tensor, order);

    /// <summary>A ratio of scales as multiplier and shift.</summary>
    public FixedMultiplier Multiplier(double ratio) => ratio >= 0 && ratio < 1 << Requantize.MaxShift
        ? FixedMultiplier.Of(ratio)
        : throw Refuse($"the scales' ratio {ratio:g3} is too large for fixed point");

    /// <summary>The place at which an order has each axis of another, to find an axis in a stored tensor.</summary>
    public static int Place(int[] order, int axis) => Array.IndexOf(order, axis);

    private ImportException Missing(int input) =>
        Refuse(IsConstant(input) ? $"'{Name(input)}' must not be a constant" : $"'{Name(input)}' is not computed");
}
