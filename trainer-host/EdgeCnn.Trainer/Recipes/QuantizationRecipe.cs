using System;
using System.Collections.Generic;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Recipes;

/// <summary>How the float network becomes integers.</summary>
public sealed class QuantizationRecipe
{
    private const int MostSpareClasses = 100;

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
    /// <param name="activationBits">8, or 16 where the runtime has such operators, with weights of 8 bits; their ranges are always
    /// <c>minMax</c>.</param>
    /// <param name="int4">A second model with weights of 4 bits; null: none.</param>
    /// <param name="spareClasses">Outputs for classes that a device learns (<see cref="Quantization.SpareClasses"/>).</param>
    public QuantizationRecipe(
        int calibrationImages = 500, string method = "minMax", double percentile = 99.99, bool perTensorFullyConnected = true,
        int weightBits = 8, bool keepEnds = true, bool equalize = false, bool correctBias = false, AwareRecipe? aware = null,
        int activationBits = 8, Int4Recipe? int4 = null, int spareClasses = 0)
    {
        CalibrationImages = Require.AtLeast(calibrationImages, 1, nameof(calibrationImages));
        Method = Require.OneOf(method, Observers.Keys, nameof(method));
        Percentile = Require.Within(percentile, 50, 100, nameof(percentile));
        Formats = new WeightFormats(perTensorFullyConnected, weightBits, keepEnds);
        if (correctBias && aware is not null)
            throw Require.Refuse(nameof(correctBias), "quantization-aware training learns the biases; use one of the two");
        if (int4 is not null && weightBits == 4)
            throw Require.Refuse(nameof(int4), "the model has weights of 4 bits already; leave out weightBits or int4");
        (Equalize, CorrectBias, Aware, Int4) = (equalize, correctBias, aware, int4);
        ActivationBits = activationBits switch
        {
            8 => 8,
            16 when weightBits == 4 => throw Require.Refuse(nameof(activationBits), "16 is for weights of 8 bits; leave out weightBits"),
            16 when aware is not null => throw Require.Refuse(
                nameof(activationBits), "quantization-aware training rounds activations to 8 bits; leave out aware"),
            16 when method != "minMax" => throw Require.Refuse(
                nameof(activationBits), "ranges of 16 bits are the whole ones that are seen; leave out method"),
            16 => 16,
            _ => throw Require.Refuse(nameof(activationBits), $"{activationBits} is not allowed; use 8 or 16"),
        };
        SpareClasses = (int)Require.Within(spareClasses, 0, MostSpareClasses, nameof(spareClasses));
    }

    /// <summary>Training images that activations' ranges are measured on.</summary>
    public int CalibrationImages { get; }

    /// <summary>How a range is made of the values that are seen.</summary>
    public string Method { get; }

    /// <summary>Share of the values that the range keeps, in percent.</summary>
    public double Percentile { get; }

    /// <summary>What the weights are in integers.</summary>
    public WeightFormats Formats { get; }

    /// <summary>Bits of an activation.</summary>
    public int ActivationBits { get; }

    /// <summary>Whether ranges of channels are made equal.</summary>
    public bool Equalize { get; }

    /// <summary>Whether biases are corrected.</summary>
    public bool CorrectBias { get; }

    /// <summary>Training that goes on with fake quantization.</summary>
    public AwareRecipe? Aware { get; }

    /// <summary>Outputs for classes that a device learns.</summary>
    public int SpareClasses { get; }

    /// <summary>A second model with weights of 4 bits.</summary>
    public Int4Recipe? Int4 { get; }

    /// <summary>How the second model is made: as this one, but for what its own recipe says.</summary>
    internal QuantizationRecipe With(Int4Recipe int4) => new(
        CalibrationImages, Method, Percentile, Formats.PerTensorFullyConnected, 4, int4.KeepEnds, Equalize, aware: int4.Aware, spareClasses: SpareClasses);

    /// <summary>A fresh observer of a tensor's range.</summary>
    public RangeObserver CreateObserver() => Observers[Method](this);
}
