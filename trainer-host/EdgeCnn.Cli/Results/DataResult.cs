using System.Collections.Generic;
using System.Text.Json.Serialization;
using EdgeCnn.Trainer.Report;

namespace EdgeCnn.Cli.Results;

/// <summary>What there is to learn from.</summary>
/// <param name="Source">The recipe, folder or archive.</param>
/// <param name="Shape">Height, width and channels of a sample.</param>
/// <param name="Train">Samples for training.</param>
/// <param name="Validation">Samples for validation.</param>
/// <param name="Test">Samples for testing.</param>
/// <param name="Balance">Training samples of the smallest class per one of the largest.</param>
/// <param name="Mean">Mean of the training pixels / 255, per channel.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Classes">How many samples every class has.</param>
internal sealed record DataResult(
    string Source, IReadOnlyList<int> Shape, int Train, int Validation, int Test, double Balance, IReadOnlyList<double> Mean,
    IReadOnlyList<double> Deviation, IReadOnlyList<ClassCount> Classes)
{
    /// <summary>A picture of some classes.</summary>
    [JsonIgnore]
    public IReadOnlyList<SampleResult> Pictures { get; init; } = [];
}
