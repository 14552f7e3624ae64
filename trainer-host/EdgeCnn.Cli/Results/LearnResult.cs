using System.Collections.Generic;
using EdgeCnn.Trainer.Learning;

namespace EdgeCnn.Cli.Results;

/// <summary>What learning came to.</summary>
/// <param name="ModelPath">The model.</param>
/// <param name="ModelId">Its identity.</param>
/// <param name="Delta">Where the delta was written; null where nothing was, because floats learned.</param>
/// <param name="DeltaBytes">Its size.</param>
/// <param name="Steps">Samples learned.</param>
/// <param name="TestImages">Images that were asked about.</param>
/// <param name="Curve">How it got on.</param>
internal sealed record LearnResult(
    string ModelPath, string ModelId, string? Delta, long DeltaBytes, int Steps, int TestImages, IReadOnlyList<CurvePoint> Curve);
