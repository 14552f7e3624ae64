using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Recipes;

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
