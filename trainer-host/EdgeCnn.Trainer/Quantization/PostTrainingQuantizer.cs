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
/// <param name="formats">What the weights are in integers.</param>
public sealed class PostTrainingQuantizer(Func<RangeObserver> newObserver, WeightFormats formats)
{
    /// <summary>8-bit weights.</summary>
    /// <param name="newObserver">Makes the observer of one tensor's range.</param>
    /// <param name="perTensorFullyConnected">One scale for all weights of a fully connected layer instead of one per channel.</param>
    public PostTrainingQuantizer(Func<RangeObserver> newObserver, bool perTensorFullyConnected)
        : this(newObserver, new WeightFormats(perTensorFullyConnected))
    {
    }

    /// <summary>Whether biases are corrected for what rounded weights add to the mean of each channel.</summary>
    public bool CorrectsBias { get; init; }

    /// <summary>
    /// Ranges that a quantization-aware training has learned, one per stage, in place of those that are observed; or null.
    /// </summary>
    public IReadOnlyList<(double Min, double Max)>? LearnedRanges { get; init; }

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
        QuantizationParameters input = PixelInput.Quantization(normalization);
        IReadOnlyList<(double Min, double Max)> ranges =
            LearnedRanges ?? ActivationRanges.Measure(network, stages, normalization, calibration, newObserver);
        QuantizationParameters[] outputs = OutputQuantizations(stages, ranges, input);
        WeightFormat[] weights = formats.Of(stages);
        if (CorrectsBias) stages = BiasCorrection.Correct(network, formats, normalization, calibration);

        var model = new IntegerModel();
        PixelInput.Add(model, network.Input, normalization);
        for (int i = 0; i < stages.Count; i++)
        {
            Stage stage = stages[i];
            QuantizationParameters[] inputs = [.. stage.Inputs.Select(source => source < 0 ? input : outputs[source])];
            model.Operators.Add(StageLowering.Lower(stage, inputs, outputs[i], weights[i], i + 1));
            model.Tensors.Add(new IntegerTensor(stage.DimensionsOf(model.Tensors[stage.Inputs[0] + 1].Shape), outputs[i]));
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
        IReadOnlyList<Stage> stages, IReadOnlyList<(double Min, double Max)> ranges, QuantizationParameters input)
    {
        var outputs = new QuantizationParameters[stages.Count];
        for (int i = 0; i < outputs.Length; i++)
        {
            QuantizationParameters read = stages[i].Inputs[0] < 0 ? input : outputs[stages[i].Inputs[0]];
            outputs[i] = stages[i] switch
            {
                { Form: ChangeForm change } => Observed(change.Stage),
                { IsObserved: true } => Observed(i),
                { Form: FunctionForm function } => function.OutputOf(read),
                { Form: OperatorForm { ForInput: { } make } } => make(read).Output,
                _ => read,
            };
        }
        return outputs;

        QuantizationParameters Observed(int stage)
        {
            (double min, double max) = ranges[stage];
            return QuantizationParameters.Covering(Math.Max(min, stages[stage].Min), Math.Min(max, stages[stage].Max));
        }
    }
}
