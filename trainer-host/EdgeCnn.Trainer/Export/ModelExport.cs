using System;
using System.Collections.Generic;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Export;

/// <summary>From a trained network to the bytes of a model file, as its recipe says.</summary>
public static class ModelExport
{
    /// <summary>Quantizes the network on the first training images and writes the model.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="network">The trained network, equalized when the recipe says so (<see cref="CrossLayerEqualization"/>).</param>
    /// <param name="train">The training images.</param>
    /// <param name="ranges">What quantization-aware training learned; null: activations are calibrated.</param>
    /// <exception cref="ExportException">A layer has no integer operator, or a number does not fit the format.</exception>
    public static byte[] ToBytes(
        Recipe recipe, Network<float> network, Dataset train, IReadOnlyList<(double Min, double Max)>? ranges = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(train);
        QuantizationRecipe settings = recipe.Quantization;
        Dataset calibration = train.Slice(0, Math.Min(settings.CalibrationImages, train.Count));
        bool endsInSoftmax = recipe.Output == OutputKind.Softmax;
        IntegerModel model = settings.ActivationBits == 16
            ? new WideQuantizer(settings.Formats) { CorrectsBias = settings.CorrectBias }
                .Quantize(network, recipe.Normalization, calibration, endsInSoftmax)
            : new PostTrainingQuantizer(settings.CreateObserver, settings.Formats)
            {
                LearnedRanges = ranges,
                CorrectsBias = settings.CorrectBias,
            }.Quantize(network, recipe.Normalization, calibration, endsInSoftmax);
        SpareClasses.Add(model, settings.SpareClasses);
        if (recipe.Data.SoundRecord(recipe.Input) is { } sound)
            model.Inputs[0] = model.Inputs[0] with { Name = "sound", Sound = sound };
        model.Meta.Add(new KeyValuePair<string, string>("name", recipe.Name));
        model.Meta.Add(new KeyValuePair<string, string>(NetworkFingerprint.MetaKey, NetworkFingerprint.Of(network)));
        return ModelWriter.Write(model);
    }
}
