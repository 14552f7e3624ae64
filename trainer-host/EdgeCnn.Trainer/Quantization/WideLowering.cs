using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>
/// Makes the operator of a stage whose activations are int16: what <see cref="StageLowering"/> does for int8, with zero points 0 and sums
/// of 64 bits, by the LiteRT specification of 16×8 quantization.
/// </summary>
/// <param name="network">The network of the stages, for messages.</param>
internal sealed class WideLowering(Network<float> network)
{
    /// <summary>Fraction bits of the common scale of the operands of a sum.</summary>
    private const int SumFraction = 15;

    /// <summary>Softmax of int16 looks differences up in a table that spans 10, by 16 bits.</summary>
    private const double SoftmaxStep = 10.0 / 65535;

    /// <summary>From operators of int8 with weights to those of int16.</summary>
    private static readonly Dictionary<int, int> Wide = new()
    {
        [EdgeCnn.Conv2D.Code] = Conv2DInt16.Code,
        [EdgeCnn.DepthwiseConv2D.Code] = DepthwiseConv2DInt16.Code,
        [EdgeCnn.FullyConnected.Code] = FullyConnectedInt16.Code,
        [EdgeCnn.TransposeConv2D.Code] = EdgeCnn.TransposeConv2D.Code,
    };

    /// <summary>Operators without weights that take any type.</summary>
    private static readonly int[] Alike = [EdgeCnn.MaxPool.Code, EdgeCnn.AveragePool.Code, EdgeCnn.Reshape.Code];

    /// <summary>What probabilities, sigmoid and tanh are in: steps of 2⁻¹⁵.</summary>
    public static QuantizationParameters Unit => new(1f / 32768, 0);

    /// <summary>The quantization of a stage that is not observed.</summary>
    public QuantizationParameters OutputOf(Stage stage, QuantizationParameters input) =>
        IsSigmoid(stage, out _) || stage.Form is OperatorForm { Code: EdgeCnn.Softmax.Code } ? Unit : input;

    /// <summary>The operator of a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="inputs">Quantizations of the tensors that it reads.</param>
    /// <param name="tensors">Their numbers.</param>
    /// <param name="output">Quantization of the tensor that it writes.</param>
    /// <param name="tensor">Its number.</param>
    /// <param name="format">What its weights are in integers.</param>
    /// <exception cref="ExportException">The runtime has no such operator.</exception>
    public IntegerOperator Lower(
        Stage stage, QuantizationParameters[] inputs, int[] tensors, QuantizationParameters output, int tensor, WeightFormat format)
    {
        switch (stage.Form)
        {
            case OperatorForm form when stage.Weights is { } weights && Wide.TryGetValue(form.Code, out int code):
                QuantizedWeights quantized = WeightQuantizer.Quantize(weights.Values, weights.Bias, inputs[0].Scale, format);
                return new IntegerOperator(code, tensors, tensor, Clamped(form.Own, stage, output))
                {
                    Weights = StageLowering.Requantized(quantized, inputs[0], output, format.Bits),
                    Number = WideRows.LongSums,
                };
            case OperatorForm { Code: EdgeCnn.Softmax.Code }:
                return Softmax(inputs[0], tensors[0], tensor);
            case OperatorForm { ForInput: not null, Code: EdgeCnn.Reshape.Code } form:
                return new IntegerOperator(form.Code, tensors, tensor, OwnFields.None());
            case OperatorForm { ForInput: null } form when stage.Weights is null && Alike.Contains(form.Code):
                return new IntegerOperator(form.Code, tensors, tensor, Clamped(form.Own, stage, output));
            case SumForm:
                double twiceLarger = 2.0 * Math.Max(inputs[0].Scale, inputs[1].Scale);
                double[] ratios =
                [
                    inputs[0].Scale / twiceLarger, inputs[1].Scale / twiceLarger, twiceLarger / ((1 << SumFraction) * (double)output.Scale),
                ];
                return new IntegerOperator(EdgeCnn.Add.Code, tensors, tensor, Clamped(OwnFields.None(), stage, output))
                {
                    Scales = [.. ratios.Select(FixedMultiplier.Of)],
                };
            case JoinForm:
                return StageLowering.Joined(stage, tensors, tensor);
            case ChangeForm:
                return Rescaled(stage, inputs[0], tensors[0], output, tensor);
            case FunctionForm function when function == FunctionForm.Identity:
                return Rescaled(stage, inputs[0], tensors[0], output, tensor);
            case FunctionForm when IsSigmoid(stage, out bool isTanh) && !stage.IsClamped:
                return new IntegerOperator(EdgeCnn.Sigmoid.Code, tensors, tensor, SigmoidFields.Of(inputs[0].Scale, isTanh))
                {
                    Constant = InterpolationTable.Sigmoid(),
                };
            default:
                throw Refusal(stage);
        }
    }

    /// <summary>Softmax along the channels.</summary>
    public static IntegerOperator Softmax(QuantizationParameters input, int from, int to) =>
        new(Softmax16.Code, [from], to, OwnFields.None())
        {
            Scales = [FixedMultiplier.Of(input.Scale / SoftmaxStep)],
            Constant = InterpolationTable.Softmax16(),
        };

    /// <summary>The same numbers in another quantization, held to a range.</summary>
    public static IntegerOperator Rescaled(
        Stage? stage, QuantizationParameters input, int from, QuantizationParameters output, int to)
    {
        byte[] own = OwnFields.None();
        (double min, double max) = stage is null ? (double.NegativeInfinity, double.PositiveInfinity) : (stage.Min, stage.Max);
        OwnFields.SetClamp(own, output, min, max, ElementType.Int16);
        return new IntegerOperator(Rescale.Code, [from], to, own) { Scales = [FixedMultiplier.Of((double)input.Scale / output.Scale)] };
    }

    private bool IsSigmoid(Stage stage, out bool isTanh)
    {
        Layer<float>? layer = stage.Form is FunctionForm && stage.Layers is [var number, ..] ? network.Layers[number] : null;
        isTanh = layer is Tanh<float>;
        return isTanh || layer is Sigmoid<float>;
    }

    private ExportException Refusal(Stage stage)
    {
        int layer = stage.Layers is [var first, ..] ? first : stage.Tensor;
        return new ExportException(
            $"{network.Paths[layer]} ({network.Layers[layer].Kind}) has no operator for activations of 16 bits; "
            + "use quantization.activationBits 8, or another layer");
    }

    private static byte[] Clamped(byte[] own, Stage stage, QuantizationParameters output)
    {
        byte[] copy = (byte[])own.Clone();
        OwnFields.SetClamp(copy, output, stage.Min, stage.Max, ElementType.Int16);
        return copy;
    }
}
