using System.Collections.Generic;

namespace EdgeCnn.Cli.Results;

/// <summary>A model that was trained, quantized, checked and written.</summary>
/// <param name="Name">Name of the recipe.</param>
/// <param name="Epochs">Passes over the training images.</param>
/// <param name="TrainingImages">Images it was trained with.</param>
/// <param name="TestImages">Images, never trained with, that the accuracies are measured on.</param>
/// <param name="FloatAccuracy">Share that the float network classifies right, 0 … 1.</param>
/// <param name="Int8Accuracy">Share that the model file classifies right, 0 … 1.</param>
/// <param name="Seconds">Wall time of loading the data and training, without evaluation and export.</param>
/// <param name="SamplesPerSecond">Training images per second of that time.</param>
/// <param name="FileBytes">Size of the model file.</param>
/// <param name="ArenaBytes">RAM that a device needs to run it.</param>
/// <param name="ModelId">Identity of the model's content.</param>
/// <param name="ModelPath">Where the model is.</param>
internal sealed record TrainResult(
    string Name, int Epochs, int TrainingImages, int TestImages, double FloatAccuracy, double Int8Accuracy, double Seconds,
    double SamplesPerSecond, int FileBytes, int ArenaBytes, string ModelId, string ModelPath)
{
    /// <summary>What the model computes with: <c>int8</c>, <c>int4 weights</c> or <c>int16×8</c>.</summary>
    public required string Integers { get; init; }

    /// <summary>The second model, for recipes that have one.</summary>
    public Int4Result? Int4 { get; init; }

    /// <summary>A few of the test images and what the model says of them.</summary>
    public IReadOnlyList<SampleResult> Samples { get; init; } = [];
}

/// <summary>A second model with weights of 4 bits, made of the same float network.</summary>
/// <param name="Accuracy">Share of the test images that it classifies right, 0 … 1.</param>
/// <param name="FileBytes">Size of its file.</param>
/// <param name="ModelPath">Where it is.</param>
internal sealed record Int4Result(double Accuracy, int FileBytes, string ModelPath);
