using System.Collections.Generic;
using EdgeCnn.Trainer.Learning;
using EdgeCnn.Trainer.Report;

namespace EdgeCnn.Cli.Results;

/// <summary>A model against the float network that it was made of.</summary>
/// <param name="ModelPath">The model file.</param>
/// <param name="FloatPath">The float network's file.</param>
/// <param name="ModelId">Identity of the model's content.</param>
/// <param name="Images">Number of images.</param>
/// <param name="FloatAccuracy">Share that the float network classifies right, 0 … 1.</param>
/// <param name="Int8Accuracy">Share that the model classifies right, 0 … 1.</param>
/// <param name="Agreement">Share of the images to which both give the same class, 0 … 1.</param>
/// <param name="Layers">Every operator, in execution order.</param>
internal sealed record CompareResult(
    string ModelPath, string FloatPath, string ModelId, int Images, double FloatAccuracy, double Int8Accuracy, double Agreement,
    IReadOnlyList<LayerComparison> Layers)
{
    /// <summary>What the model computes with: <c>int8</c>, <c>int4 weights</c> or <c>int16×8</c>.</summary>
    public required string Integers { get; init; }

    /// <summary>How both learn; null where that was not asked for.</summary>
    public LearningComparison? Learning { get; init; }
}

/// <summary>The same samples learned in integers and in floats.</summary>
/// <param name="Chart">Where the curves were drawn.</param>
/// <param name="Integer">How the model got on.</param>
/// <param name="Float">How the float network did.</param>
internal sealed record LearningComparison(string Chart, IReadOnlyList<CurvePoint> Integer, IReadOnlyList<CurvePoint> Float);
