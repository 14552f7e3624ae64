using System;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>Makes the integer operator of a stage, once all quantizations are known.</summary>
internal static class StageLowering
{
    /// <summary>The operator of a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="inputs">Quantizations of the tensors that it reads.</param>
    /// <param name="output">Quantization of the tensor that it writes.</param>
    /// <param name="format">What its weights are in integers.</param>
    /// <param name="tensor">Number of that tensor; tensor 0 is the model's input, so that stage i writes tensor i + 1.</param>
    public static IntegerOperator Lower(
        Stage stage, QuantizationParameters[] inputs, QuantizationParameters output, WeightFormat format, int tensor)
    {
        int[] tensors = [.. stage.Inputs.Select(source => source + 1)];
        return stage.Form switch
        {
            OperatorForm { ForInput: { } make } form => new IntegerOperator(form.Code, tensors, tensor, make(inputs[0]).Own),
            OperatorForm form => Weighted(stage, form, inputs[0], output, format, tensors, tensor),
            SumForm => Sum(stage, inputs, output, tensors, tensor),
            JoinForm => Joined(stage, tensors, tensor),
            FunctionForm function => Table(stage, function.Table(inputs[0]), output, tensors, tensor),
            ChangeForm => Table(stage, LookupTable.Change(inputs[0], output), output, tensors, tensor),
            _ => throw new InvalidOperationException($"{stage.Form} has no operator."),
        };
    }

    private static IntegerOperator Weighted(
        Stage stage, OperatorForm form, QuantizationParameters input, QuantizationParameters output, WeightFormat format, int[] tensors,
        int tensor)
    {
        IntegerWeights? weights = null;
        if (stage.Weights is { } values)
        {
            int zeroPoint = form.FoldsZeroPoint ? input.ZeroPoint : 0;
            QuantizedWeights quantized = WeightQuantizer.Quantize(values.Values, values.Bias, input.Scale, format);
            weights = Requantized(quantized, input with { ZeroPoint = zeroPoint }, output, format.Bits);
        }
        int code = weights is null ? form.Code : WeightFormats.CodeOf(form.Code, format);
        return new IntegerOperator(code, tensors, tensor, Clamped(form.Own, stage, output))
        {
            Weights = weights,
            Params = form.Params,
            Number = form.Number,
        };
    }

    /// <summary>Both operands are brought to twice the larger scale with 20 bits of fraction, as the reference does.</summary>
    private static IntegerOperator Sum(
        Stage stage, QuantizationParameters[] inputs, QuantizationParameters output, int[] tensors, int tensor)
    {
        const int fraction = 20;
        double twiceLarger = 2.0 * Math.Max(inputs[0].Scale, inputs[1].Scale);
        byte[] own = Clamped(OwnFields.None(), stage, output);
        OwnFields.SetInt16(own, Broadcast.ZeroPoint2At, inputs[1].ZeroPoint);
        double result = twiceLarger / ((1 << fraction) * (double)output.Scale);
        double[] ratios = [inputs[0].Scale / twiceLarger, inputs[1].Scale / twiceLarger, result];
        return new IntegerOperator(Add.Code, tensors, tensor, own) { Scales = [.. ratios.Select(FixedMultiplier.Of)] };
    }

    /// <summary>Tensors of one quantization, one behind the other.</summary>
    public static IntegerOperator Joined(Stage stage, int[] tensors, int tensor) =>
        new(Concat.Code, tensors, tensor, OwnFields.Concat(tensors.Length, stage.Output.Length / stage.Output.Channels))
        {
            Params = SectionBuilder.UInt16s(tensors),
            HasInputList = true,
        };

    private static byte[] Clamped(byte[] own, Stage stage, QuantizationParameters output)
    {
        byte[] copy = (byte[])own.Clone();
        OwnFields.SetClamp(copy, output, stage.Min, stage.Max);
        return copy;
    }

    /// <summary>A function and the clamps after it.</summary>
    private static IntegerOperator Table(Stage stage, byte[] table, QuantizationParameters output, int[] tensors, int tensor)
    {
        sbyte min = output.Quantize(stage.Min), max = output.Quantize(stage.Max);
        for (int i = 0; i < table.Length; i++) table[i] = unchecked((byte)Math.Clamp((sbyte)table[i], min, max));
        return new IntegerOperator(Lookup.Code, tensors, tensor, OwnFields.None()) { Constant = table };
    }

    /// <summary>Multipliers s_in · s_w[c] / s_out, and biases with −zeroPoint · Σ weights folded in.</summary>
    public static IntegerWeights Requantized(
        QuantizedWeights weights, QuantizationParameters input, QuantizationParameters output, int bits)
    {
        int channels = weights.Bias.Length, depth = weights.Weights.Length / channels;
        int[] bias = [.. weights.Bias];
        for (int c = 0; c < channels; c++)
        {
            int sum = 0;
            for (int k = c * depth; k < (c + 1) * depth; k++) sum += weights.Weights[k];
            bias[c] = checked(bias[c] - input.ZeroPoint * sum);
        }
        bool perChannel = weights.Scales.Length > 1;
        return new IntegerWeights(
            weights.Weights, bias, [.. weights.Scales.Select(scale => Multiplier(input.Scale, scale, output.Scale, perChannel))])
        {
            Bits = bits,
        };
    }

    /// <summary>
    /// The reference takes the product in double per channel, and in single precision where one scale serves all channels.
    /// </summary>
    private static FixedMultiplier Multiplier(float input, float weight, float output, bool perChannel) =>
        FixedMultiplier.Of((perChannel ? (double)input * weight : input * weight) / output);
}
