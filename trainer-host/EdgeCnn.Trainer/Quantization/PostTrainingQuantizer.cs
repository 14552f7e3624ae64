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
        QuantizationParameters input = InputQuantization(normalization);
        QuantizationParameters[] outputs = OutputQuantizations(stages, Calibrate(network, normalization, calibration, stages), input);

        var model = new IntegerModel();
        Shape image = network.Input;
        model.Tensors.Add(new IntegerTensor([1, image.Height, image.Width, image.Channels], input));
        PixelScaling? pixels = image.Channels > IORecord.MaxChannels ? null : PixelScaling.Of(normalization.Scale, normalization.Offset, input);
        model.Inputs.Add(new InputDescription("image", OrderOf(image.Channels), pixels));
        for (int i = 0; i < stages.Count; i++)
        {
            Stage stage = stages[i];
            QuantizationParameters[] inputs = [.. stage.Inputs.Select(source => source < 0 ? input : outputs[source])];
            model.Operators.Add(Lower(stage, inputs, outputs[i], i + 1));
            Shape shape = stage.Output;
            model.Tensors.Add(new IntegerTensor(stage.IsVector ? [1, shape.Length] : [1, shape.Height, shape.Width, shape.Channels], outputs[i]));
        }
        if (endsInSoftmax)
        {
            model.Operators.Add(new IntegerOperator(Softmax.Code, [stages.Count], stages.Count + 1, OwnFields.Softmax(outputs[^1].Scale)));
            model.Tensors.Add(new IntegerTensor([1, network.Output.Length], QuantizationParameters.Probability));
        }
        model.Outputs.Add(new OutputDescription(model.Tensors.Count - 1, "scores", calibration.Classes));
        return model;
    }

    /// <summary>What every stage writes: numbers in a quantization of its own, of a function, of another stage, or of its input.</summary>
    private static QuantizationParameters[] OutputQuantizations(
        IReadOnlyList<Stage> stages, RangeObserver[] observers, QuantizationParameters input)
    {
        var outputs = new QuantizationParameters[stages.Count];
        for (int i = 0; i < outputs.Length; i++) outputs[i] = stages[i] switch
        {
            { Form: ChangeForm change } => Observed(change.Stage),
            { IsObserved: true } => Observed(i),
            { Form: FunctionForm function } => function.Output,
            _ => stages[i].Inputs[0] < 0 ? input : outputs[stages[i].Inputs[0]],
        };
        return outputs;

        QuantizationParameters Observed(int stage)
        {
            (double min, double max) = observers[stage].Range;
            return QuantizationParameters.Covering(Math.Max(min, stages[stage].Min), Math.Min(max, stages[stage].Max));
        }
    }

    private IntegerOperator Lower(Stage stage, QuantizationParameters[] inputs, QuantizationParameters output, int tensor)
    {
        int[] tensors = [.. stage.Inputs.Select(source => source + 1)];
        return stage.Form switch
        {
            OperatorForm form => Weighted(stage, form, inputs[0], output, tensors, tensor),
            SumForm => Sum(stage, inputs, output, tensors, tensor),
            JoinForm => new IntegerOperator(Concat.Code, tensors, tensor, OwnFields.Concat(tensors.Length, stage.Output.Height * stage.Output.Width))
            {
                Params = SectionBuilder.UInt16s(tensors),
                HasInputList = true,
            },
            FunctionForm function => Table(stage, function.Table(inputs[0]), output, tensors, tensor),
            ChangeForm => Table(stage, LookupTable.Change(inputs[0], output), output, tensors, tensor),
            _ => throw new InvalidOperationException($"{stage.Form} has no operator."),
        };
    }

    private IntegerOperator Weighted(
        Stage stage, OperatorForm form, QuantizationParameters input, QuantizationParameters output, int[] tensors, int tensor)
    {
        IntegerWeights? weights = null;
        if (stage.Weights is { } values)
        {
            bool perChannel = !(perTensorFullyConnected && form.Code == FullyConnected.Code);
            weights = Requantized(WeightQuantizer.Quantize(values.Values, values.Bias, input.Scale, perChannel), input, output);
        }
        return new IntegerOperator(form.Code, tensors, tensor, Clamped(form.Own, stage, output)) { Weights = weights };
    }

    /// <summary>Both operands are brought to twice the larger scale with 20 bits of fraction, as the reference does.</summary>
    private static IntegerOperator Sum(
        Stage stage, QuantizationParameters[] inputs, QuantizationParameters output, int[] tensors, int tensor)
    {
        const int fraction = 20;
        double twiceLarger = 2.0 * Math.Max(inputs[0].Scale, inputs[1].Scale);
        byte[] own = Clamped(OwnFields.None(), stage, output);
        OwnFields.SetInt16(own, Broadcast.ZeroPoint2At, inputs[1].ZeroPoint);
        double[] ratios = [inputs[0].Scale / twiceLarger, inputs[1].Scale / twiceLarger, twiceLarger / ((1 << fraction) * (double)output.Scale)];
        return new IntegerOperator(Add.Code, tensors, tensor, own) { Scales = [.. ratios.Select(FixedMultiplier.Of)] };
    }

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

    /// <summary>The reference takes the product in double per channel, and in single precision where one scale serves all channels.</summary>
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
                if (stages[i].IsObserved) observers[i].Observe(pass.Activation(stages[i].Tensor));
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
