using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Recipes;

/// <summary>How the float network becomes integers.</summary>
public sealed class QuantizationRecipe
{
    private static readonly string[] Methods = ["minMax", "percentile"];

    /// <summary>Settings of post-training quantization.</summary>
    /// <param name="calibrationImages">Training images that activations' ranges are measured on.</param>
    /// <param name="method"><c>minMax</c>: the whole range seen; <c>percentile</c>: without the outermost values.</param>
    /// <param name="percentile">Share of the values that the range keeps, in percent, for <c>percentile</c>.</param>
    /// <param name="perTensorFullyConnected">One weight scale for a whole fully connected layer instead of one per output: a smaller
    /// file.</param>
    public QuantizationRecipe(
        int calibrationImages = 500, string method = "minMax", double percentile = 99.99, bool perTensorFullyConnected = true)
    {
        CalibrationImages = Require.AtLeast(calibrationImages, 1, nameof(calibrationImages));
        Method = Require.OneOf(method, Methods, nameof(method));
        Percentile = Require.Within(percentile, 50, 100, nameof(percentile));
        PerTensorFullyConnected = perTensorFullyConnected;
    }

    /// <summary>Training images that activations' ranges are measured on.</summary>
    public int CalibrationImages { get; }

    /// <summary><c>minMax</c> or <c>percentile</c>.</summary>
    public string Method { get; }

    /// <summary>Share of the values that the range keeps, in percent.</summary>
    public double Percentile { get; }

    /// <summary>One weight scale for a whole fully connected layer.</summary>
    public bool PerTensorFullyConnected { get; }
}
