using System;
using System.Collections.Generic;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Recipes;

/// <summary>How the float network becomes integers.</summary>
public sealed class QuantizationRecipe
{
    private static readonly Dictionary<string, Func<QuantizationRecipe, RangeObserver>> Observers = new(StringComparer.Ordinal)
    {
        ["minMax"] = _ => new MinMaxObserver(),
        ["mse"] = _ => new SquaredErrorObserver(),
        ["entropy"] = _ => new EntropyObserver(),
        ["percentile"] = recipe => new PercentileObserver(recipe.Percentile),
    };

    /// <summary>Settings of quantization.</summary>
    /// <param name="calibrationImages">Training images that activations' ranges are measured on.</param>
    /// <param name="method"><c>minMax</c>: the whole range seen; <c>percentile</c>: without the outermost values;
    /// <c>mse</c>: least squared error; <c>entropy</c>: least loss of information.</param>
    /// <param name="percentile">Share of the values that the range keeps, in percent, for <c>percentile</c>.</param>
    /// <param name="perTensorFullyConnected">One weight scale for a whole fully connected layer instead of one per output: a smaller
    /// file.</param>
    /// <param name="weightBits">8, or 4 for convolutions and fully connected layers; what has no such operator keeps 8.</param>
    /// <param name="keepEnds">With 4 bits: the first and the last operator with weights keep 8.</param>
    /// <param name="equalize">Ranges of channels are made equal before anything else (<see cref="CrossLayerEqualization"/>).</param>
    /// <param name="correctBias">Biases are corrected (<see cref="BiasCorrection"/>); not together with <paramref name="aware"/>, which
    /// learns them.</param>
    /// <param name="aware">Training that goes on with fake quantization; null: none.</param>
    public QuantizationRecipe(
        int calibrationImages = 500, string method = "minMax", double percentile = 99.99, bool perTensorFullyConnected = true,
        int weightBits = 8, bool keepEnds = true, bool equalize = false, bool correctBias = false, AwareRecipe? aware = null)
    {
        CalibrationImages = Require.AtLeast(calibrationImages, 1, nameof(calibrationImages));
        Method = Require.OneOf(method, Observers.Keys, nameof(method));
        Percentile = Require.Within(percentile, 50, 100, nameof(percentile));
        Formats = new WeightFormats(perTensorFullyConnected, weightBits, keepEnds);
        if (correctBias && aware is not null)
            throw Require.Refuse(nameof(correctBias), "quantization-aware training learns the biases; use one of the two");
        (Equalize, CorrectBias, Aware) = (equalize, correctBias, aware);
    }

    /// <summary>Training images that activations' ranges are measured on.</summary>
    public int CalibrationImages { get; }

    /// <summary>How a range is made of the values that are seen.</summary>
    public string Method { get; }

    /// <summary>Share of the values that the range keeps, in percent.</summary>
    public double Percentile { get; }

    /// <summary>What the weights are in integers.</summary>
    public WeightFormats Formats { get; }

    /// <summary>Whether ranges of channels are made equal.</summary>
    public bool Equalize { get; }

    /// <summary>Whether biases are corrected.</summary>
    public bool CorrectBias { get; }

    /// <summary>Training that goes on with fake quantization.</summary>
    public AwareRecipe? Aware { get; }

    /// <summary>A fresh observer of a tensor's range.</summary>
    public RangeObserver CreateObserver() => Observers[Method](this);
}

/// <summary>Quantization-aware training after the ordinary one.</summary>
public sealed class AwareRecipe
{
    /// <summary>Settings of quantization-aware training.</summary>
    /// <param name="epochs">Passes over the images.</param>
    /// <param name="rate">What the recipe's schedule, run from its start over these epochs, is multiplied by.</param>
    /// <param name="freeze">Share of the training, 0 … 1, after which the ranges of activations stay as they are.</param>
    /// <param name="averaging">Share of a mini-batch in the moving averages of the ranges.</param>
    public AwareRecipe(int epochs = 2, double rate = 0.1, double freeze = 0.5, double averaging = 0.05)
    {
        Epochs = Require.AtLeast(epochs, 1, nameof(epochs));
        Rate = Require.Above(rate, 0, nameof(rate));
        Freeze = Require.Within(freeze, 0, 1, nameof(freeze));
        Averaging = Require.Within(averaging, 0, 1, nameof(averaging));
    }

    /// <summary>Passes over the images.</summary>
    public int Epochs { get; }

    /// <summary>What the recipe's schedule is multiplied by.</summary>
    public double Rate { get; }

    /// <summary>Share of the training after which the ranges of activations stay as they are.</summary>
    public double Freeze { get; }

    /// <summary>Share of a mini-batch in the moving averages of the ranges.</summary>
    public double Averaging { get; }
}
