using System;
using System.Globalization;
using System.Linq;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Report;

/// <summary>Refuses a model that lost more by becoming integers than its recipe's gate allows.</summary>
public static class GateCheck
{
    private const int NamedLayers = 3;
    private const string Remedy = "try quantization.aware, another quantization.method, or weights of 8 bits";

    /// <summary>Checks.</summary>
    /// <param name="recipe">The recipe; without a gate everything passes.</param>
    /// <param name="network">The float network that the model was made of.</param>
    /// <param name="model">The model file's bytes.</param>
    /// <param name="test">The test images.</param>
    /// <param name="floatAccuracy">Share of them that the float network classifies right, 0 … 1.</param>
    /// <param name="integerAccuracy">The same of the model.</param>
    /// <param name="threads">Threads to work with.</param>
    /// <exception cref="ExportException">It lost more; the message names the layers with the most noise.</exception>
    public static void Run(
        Recipe recipe, Network<float> network, byte[] model, Dataset test, double floatAccuracy, double integerAccuracy, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        double lost = 100 * (floatAccuracy - integerAccuracy);
        if (recipe.Gate is not { } gate || lost <= gate.Drop) return;
        var noisiest = new Comparison(model, network, recipe.Normalization).Run(test, threads).Layers
            .Where(layer => layer.SqnrDb is not null).OrderBy(layer => layer.SqnrDb).Take(NamedLayers)
            .Select(layer => string.Create(CultureInfo.InvariantCulture, $"{layer.Name} ({layer.SqnrDb:f1} dB)"));
        throw new ExportException(string.Create(
            CultureInfo.InvariantCulture,
            $"gate: the model loses {lost:f2} points of {test.Count} images, {100 * floatAccuracy:f2} % to {100 * integerAccuracy:f2} %, "
            + $"and the gate allows {gate.Drop}; most noise (SQNR) is in {string.Join(", ", noisiest)}; {Remedy}"));
    }
}
