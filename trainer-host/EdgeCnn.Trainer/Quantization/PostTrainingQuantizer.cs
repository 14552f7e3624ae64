using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>
/// Turns a trained float network into integers without training it further: runs calibration images through it, notes the range of
/// every operator's output, and chooses scales and zero points by the LiteRT 8-bit quantization specification.
/// </summary>
/// <param name="newObserver">Makes the observer of one tensor's range.</param>
/// <param name="perTensorFullyConnected">One scale for all weights of a fully connected layer instead of one per channel.</param>
public sealed class PostTrainingQuantizer(Func<RangeObserver> newObserver, bool perTensorFullyConnected)
{
    private const int BatchSize = 50;

    /// <summary>Quantizes a network.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="normalization">How pixels became the network's inputs.</param>
    /// <param name="calibration">Images like those that the network will see; a few hundred suffice.</param>
    /// <param name="endsInSoftmax">Whether the model's output is softmax of the network's.</param>
    /// <exception cref="ExportException">A layer can't become an integer operator.</exception>
    public IntegerModel Quantize(Network<float> network, Normalization normalization, Dataset calibration, bool endsInSoftmax)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(normalization);
        ArgumentNullException.ThrowIfNull(calibration);
        IReadOnlyList<Stage> stages = Stage.Of(network);
        RangeObserver[] observers = Calibrate(network, normalization, calibration, stages);

        var model = new IntegerModel();
        QuantizationParameters current = InputQuantization(normalization);
        Shape input = network.Input;
        model.Tensors.Add(new IntegerTensor(OperatorForm.ImageDimensions(input), current));
        PixelScaling? pixels = input.Channels > IORecord.MaxChannels ? null : PixelScaling.Of(normalization.Scale, normalization.Offset, current);
        model.Inputs.Add(new InputDescription("image", OrderOf(input.Channels), pixels));
        for (int i = 0; i < stages.Count; i++)
        {
            (IntegerOperator op, current) = Lower(stages[i], observers[i], current, i);
            model.Operators.Add(op);
            model.Tensors.Add(new IntegerTensor(stages[i].Form.DimensionsOf(model.Tensors[^1].Shape, stages[i].Layer.Output), current));
        }
        if (endsInSoftmax)
        {
            model.Operators.Add(new IntegerOperator(Softmax.Code, [stages.Count], stages.Count + 1, OwnFields.Softmax(current.Scale)));
            model.Tensors.Add(new IntegerTensor([1, network.Output.Length], QuantizationParameters.Probability));
        }
        model.Outputs.Add(new OutputDescription(model.Tensors.Count - 1, "scores", calibration.Classes));
        return model;
    }

    private (IntegerOperator Operator, QuantizationParameters Output) Lower(
        Stage stage, RangeObserver observer, QuantizationParameters input, int index)
    {
        if (stage.Function is { } function) return (Table(stage, function, input, index), function.OutputOf(input));
        if (stage.Form.ForInput is { } make)
        {
            (byte[] fields, QuantizationParameters made) = make(input);
            return (new IntegerOperator(stage.Form.Code, [index], index + 1, fields), made);
        }
        QuantizationParameters output = input;
        IntegerWeights? weights = null;
        if (stage.Layer.Weights is { } values)
        {
            (double min, double max) = observer.Range;
            output = QuantizationParameters.Covering(Math.Max(min, stage.Min), Math.Min(max, stage.Max));
            bool perChannel = !(perTensorFullyConnected && stage.Form.Code == FullyConnected.Code);
            float[] scaled = [.. values.Values.ToArray().Select(value => (float)(value * stage.Form.WeightFactor))];
            int zeroPoint = stage.Form.FoldsZeroPoint ? input.ZeroPoint : 0;
            weights = Requantized(
                WeightQuantizer.Quantize(scaled, stage.Layer.Bias!.Values, input.Scale, perChannel), input with { ZeroPoint = zeroPoint },
                output);
        }
        byte[] own = (byte[])stage.Form.Own.Clone();
        OwnFields.SetClamp(own, output, stage.Min, stage.Max);
        return (new IntegerOperator(stage.Form.Code, [index], index + 1, own)
        {
            Weights = weights,
            Params = stage.Form.Params,
            Number = stage.Form.Number,
        }, output);
    }

    /// <summary>A function and the clamps after it.</summary>
    private static IntegerOperator Table(Stage stage, FunctionForm function, QuantizationParameters input, int index)
    {
        byte[] table = function.Table(input);
        QuantizationParameters output = function.OutputOf(input);
        sbyte min = output.Quantize(stage.Min), max = output.Quantize(stage.Max);
        for (int i = 0; i < table.Length; i++) table[i] = unchecked((byte)Math.Clamp((sbyte)table[i], min, max));
        return new IntegerOperator(Lookup.Code, [index], index + 1, OwnFields.None()) { Constant = table };
    }

    /// <summary>Multipliers s_in · s_w[c] / s_out, and biases with −zeroPoint · Σ weights folded in.</summary>
    private static IntegerWeights Requantized(QuantizedWeights weights, QuantizationParameters input, QuantizationParameters output)
    {
        int channels = weights.Bias.Length, depth = weights.Weights.Length / channels;
        int[] bias = [.. weights.Bias];
        for (int c = 0; c < channels; c++)
        {
            int sum = 0;
            for (int k = c * depth; k < (c + 1) * depth; k++) sum += weights.Weights[k];
            bias[c] = checked(bias[c] - input.ZeroPoint * sum);
        }
        return new IntegerWeights(weights.Weights, bias, [.. weights.Scales.Select(scale => Multiplier(input.Scale, scale, output.Scale, weights.Scales.Length > 1))]);
    }

    /// <summary>The reference takes the product in double per channel, and in single precision where one scale serves all
    /// channels.</summary>
    private static FixedMultiplier Multiplier(float input, float weight, float output, bool perChannel) =>
        FixedMultiplier.Of((perChannel ? (double)input * weight : input * weight) / output);

    private RangeObserver[] Calibrate(
        Network<float> network, Normalization normalization, Dataset images, IReadOnlyList<Stage> stages)
    {
        if (images.Count == 0) throw new ExportException("calibration needs at least one image");
        RangeObserver[] observers = [.. stages.Select(_ => newObserver())];
        float[] table = normalization.Table<float>();
        var pass = new NetworkPass<float>(network, BatchSize, PassPurpose.Inspect);
        for (int first = 0; first < images.Count; first += BatchSize)
        {
            int count = Math.Min(BatchSize, images.Count - first), length = network.Input.Length;
            Normalization.Apply<float>(images.Pixels.Slice(first * length, count * length), table, pass.Input);
            pass.Forward(count);
            for (int i = 0; i < stages.Count; i++)
                if (stages[i].Layer.Weights is not null) observers[i].Observe(pass.Activation(stages[i].LastLayer));
        }
        return observers;
    }

    /// <summary>Covers exactly what pixels 0 … 255 become.</summary>
    private static QuantizationParameters InputQuantization(Normalization normalization)
    {
        IEnumerable<double> ends = normalization.Offset.Concat(normalization.Scale.Zip(normalization.Offset, (scale, offset) => 255 * scale + offset));
        return QuantizationParameters.Covering(ends.Min(), ends.Max());
    }

    private static int OrderOf(int channels) => channels switch { 1 => ChannelOrder.Gray, 3 => ChannelOrder.Rgb, _ => ChannelOrder.None };
}
