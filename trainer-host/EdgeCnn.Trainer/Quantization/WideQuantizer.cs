using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Quantization;

/// <summary>
/// Turns a trained float network into integers with activations of 16 bits and weights of 8, by the LiteRT specification of 16×8
/// quantization: activations symmetric, zero point 0.
/// </summary>
/// <remarks>
/// Pixels come in as int8, and a first operator makes them int16: from 0 to 1 exactly, under another normalization as far off as its
/// zero is from a pixel's step. Ranges are twice what the calibration images
/// show: the bit costs less than the weights' rounding does, and nothing saturates that is a little out of the ordinary.
/// </remarks>
/// <param name="formats">What the weights are in integers: 8 bits.</param>
public sealed class WideQuantizer(WeightFormats formats)
{
    private const double Headroom = 2;

    /// <summary>A pixel's step is so many steps of the first int16 tensor, whose ±32767 hold the 256 pixels at any zero point.</summary>
    private const int StepsOfPixel = 128;

    /// <summary>Whether biases are corrected for what rounded weights add to the mean of each channel.</summary>
    public bool CorrectsBias { get; init; }

    /// <summary>Quantizes a network.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="normalization">How pixels became the network's inputs.</param>
    /// <param name="calibration">Images like those that the network will see; a few hundred suffice.</param>
    /// <param name="endsInSoftmax">Whether the model's output is softmax of the network's.</param>
    /// <exception cref="ExportException">A layer can't become an integer operator with 16-bit activations; the message names it.</exception>
    public IntegerModel Quantize(Network<float> network, Normalization normalization, Dataset calibration, bool endsInSoftmax)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(normalization);
        ArgumentNullException.ThrowIfNull(calibration);
        IReadOnlyList<Stage> stages = Stage.Of(network);
        var lowering = new WideLowering(network);
        (double Min, double Max)[] ranges = ActivationRanges.Measure(
            network, stages, normalization, calibration, () => new MinMaxObserver());
        WeightFormat[] weights = formats.Of(stages);
        if (CorrectsBias) stages = BiasCorrection.Correct(network, formats, normalization, calibration);

        var model = new IntegerModel();
        PixelInput.Add(model, network.Input, normalization);
        QuantizationParameters pixels = PixelInput.Quantization(normalization), input = new(pixels.Scale / StepsOfPixel, 0);
        model.Operators.Add(WideLowering.Rescaled(null, pixels, 0, input, 1));
        model.Tensors.Add(new IntegerTensor(model.Tensors[0].Shape, input, ElementType.Int16));
        var outputs = new QuantizationParameters[stages.Count];
        for (int i = 0; i < outputs.Length; i++)
        {
            Stage stage = stages[i];
            QuantizationParameters[] inputs = [.. stage.Inputs.Select(source => source < 0 ? input : outputs[source])];
            outputs[i] = stage.Form is ChangeForm change ? Covering(ranges[change.Stage])
                : stage.IsObserved ? Covering(ranges[i])
                : lowering.OutputOf(stage, inputs[0]);
            int[] tensors = [.. stage.Inputs.Select(source => source + 2)];
            model.Operators.Add(lowering.Lower(stage, inputs, tensors, outputs[i], i + 2, weights[i]));
            model.Tensors.Add(new IntegerTensor(stage.DimensionsOf(model.Tensors[tensors[0]].Shape), outputs[i], ElementType.Int16));
        }
        if (endsInSoftmax)
        {
            int last = model.Tensors.Count - 1;
            model.Operators.Add(WideLowering.Softmax(outputs[^1], last, last + 1));
            model.Tensors.Add(new IntegerTensor([1, network.Output.Length], WideLowering.Unit, ElementType.Int16));
        }
        model.Outputs.Add(new OutputDescription(model.Tensors.Count - 1, "scores", calibration.Classes));
        return model;
    }

    /// <summary>Steps of equal size on both sides of 0.</summary>
    private static QuantizationParameters Covering((double Min, double Max) range)
    {
        double largest = Math.Max(Math.Abs(range.Min), Math.Abs(range.Max));
        if (!double.IsFinite(largest))
            throw new ExportException($"activations from {range.Min} to {range.Max} can't be quantized; the network has diverged");
        return new QuantizationParameters(largest > 0 ? (float)(Headroom * largest / short.MaxValue) : 1, 0);
    }
}
