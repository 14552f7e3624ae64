using System.Collections.Generic;

namespace EdgeCnn.Trainer.Report;

/// <summary>How far an operator's integers are from the float network's values, over all images.</summary>
/// <param name="Operator">Position of the operator in execution order.</param>
/// <param name="Name">The float layers that it stands for, for example <c>conv2d1 + relu1</c>.</param>
/// <param name="SqnrDb">
/// Signal to quantization noise, 10·log₁₀(Σ float² / Σ (float − dequantized)²); null when there is no noise, or no signal.
/// </param>
/// <param name="MaxError">Largest |float − dequantized|, in real units.</param>
/// <param name="MaxErrorImage">The image with this element, the first of equal ones.</param>
/// <param name="MaxErrorElement">Position of the element in the operator's output, row-major NHWC.</param>
/// <param name="Step">Real value of one integer step: an error of half a step is rounding alone.</param>
public sealed record LayerComparison(
    int Operator, string Name, double? SqnrDb, double MaxError, int MaxErrorImage, int MaxErrorElement, double Step);

/// <summary>A float network and the model made of it, on the same images.</summary>
/// <param name="Layers">Every operator, in execution order.</param>
/// <param name="Images">Number of images.</param>
/// <param name="FloatAccuracy">Share that the float network classifies right, 0 … 1.</param>
/// <param name="Int8Accuracy">Share that the model classifies right, 0 … 1.</param>
/// <param name="Agreement">Share of the images to which both give the same class, 0 … 1.</param>
public sealed record ComparisonReport(
    IReadOnlyList<LayerComparison> Layers, int Images, double FloatAccuracy, double Int8Accuracy, double Agreement);
