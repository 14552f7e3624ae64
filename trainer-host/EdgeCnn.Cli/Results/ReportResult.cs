namespace EdgeCnn.Cli.Results;

/// <summary>A page about a training that was written.</summary>
/// <param name="ReportPath">Where it is.</param>
/// <param name="FileBytes">Its size.</param>
/// <param name="Epochs">Epochs that it has curves of.</param>
/// <param name="Images">Unseen images that the model was measured on.</param>
/// <param name="Mistakes">How many of them it answers wrong.</param>
/// <param name="FloatAccuracy">Share that the float network classifies right, 0 … 1.</param>
/// <param name="Int8Accuracy">Share that the model file classifies right, 0 … 1.</param>
internal sealed record ReportResult(
    string ReportPath, long FileBytes, int Epochs, int Images, int Mistakes, double FloatAccuracy, double Int8Accuracy)
{
    /// <summary>What the model computes with: <c>int8</c>, <c>int4 weights</c> or <c>int16×8</c>.</summary>
    public required string Integers { get; init; }
}
