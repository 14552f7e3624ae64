using System;
using System.Collections.Generic;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Report;

/// <summary>All that there is to tell of a finished training.</summary>
/// <param name="Saved">The recipe and the float network.</param>
/// <param name="Model">The model's file.</param>
/// <param name="History">How the epochs went; empty when nobody kept a log.</param>
/// <param name="Images">The unseen images that it was measured on.</param>
/// <param name="Comparison">The model beside the float network.</param>
/// <param name="Answers">What the model makes of every image.</param>
public sealed record RunReport(
    SavedNetwork Saved, byte[] Model, IReadOnlyList<EpochResult> History, Dataset Images, ComparisonReport Comparison, Answers Answers)
{
    /// <summary>What the model computes with, as <see cref="IntegerKind"/> says it.</summary>
    public required string Integers { get; init; }

    /// <summary>Measures a model and its float network.</summary>
    /// <exception cref="ExportException">They don't belong together.</exception>
    /// <exception cref="ModelException">The bytes are no model.</exception>
    public static RunReport Of(SavedNetwork saved, byte[] model, IReadOnlyList<EpochResult> history, Dataset images, int threads)
    {
        ArgumentNullException.ThrowIfNull(saved);
        var comparison = new Comparison(model, saved.Network, saved.Recipe.Normalization).Run(images, threads);
        using var opened = EdgeModel.Open(model);
        return new RunReport(saved, model, history, images, comparison, Answers.Of(opened, images))
        {
            Integers = IntegerKind.Of(opened),
        };
    }
}
