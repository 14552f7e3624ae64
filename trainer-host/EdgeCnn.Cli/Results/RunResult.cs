using System.Collections.Generic;

namespace EdgeCnn.Cli.Results;

/// <summary>What a model made of its inputs.</summary>
/// <param name="ModelId">Identity of the model's content.</param>
/// <param name="Images">How often it ran.</param>
/// <param name="Outputs">Image after image, each with the model's outputs in order.</param>
/// <param name="Hashes">Image after image, the hash of every operator's output in execution order.</param>
internal sealed record RunResult(string ModelId, int Images, IReadOnlyList<OutputResult> Outputs, IReadOnlyList<string> Hashes);

/// <summary>One output of one image.</summary>
/// <param name="Image">Which image, from 0.</param>
/// <param name="Output">Name of the output.</param>
/// <param name="Label">Name of the winning class; null when the model names none.</param>
/// <param name="Class">Index of the largest element; the lowest in a tie.</param>
/// <param name="Score">Real value of that element.</param>
internal sealed record OutputResult(int Image, string Output, string? Label, int Class, double Score);
