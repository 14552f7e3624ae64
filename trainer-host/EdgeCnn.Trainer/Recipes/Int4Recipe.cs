using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Recipes;

/// <summary>A second model with weights of 4 bits, made of the same float network by a quantization-aware training of its own.</summary>
public sealed class Int4Recipe
{
    /// <summary>Settings of the second model.</summary>
    /// <param name="keepEnds">The first and the last operator with weights keep 8 bits.</param>
    /// <param name="aware">Training that goes on with fake quantization; null: as <see cref="AwareRecipe"/> has it by default.</param>
    /// <param name="drop">Percent points of the test images that the second model may lose against float; null: any.</param>
    public Int4Recipe(bool keepEnds = true, AwareRecipe? aware = null, double? drop = null)
    {
        (KeepEnds, Aware) = (keepEnds, aware ?? new AwareRecipe());
        Gate = drop is { } points ? new AccuracyGate(points) : null;
    }

    /// <summary>Whether the first and the last operator with weights keep 8 bits.</summary>
    public bool KeepEnds { get; }

    /// <summary>Training that goes on with fake quantization.</summary>
    public AwareRecipe Aware { get; }

    /// <summary>What the second model may lose; null: anything.</summary>
    public AccuracyGate? Gate { get; }
}
