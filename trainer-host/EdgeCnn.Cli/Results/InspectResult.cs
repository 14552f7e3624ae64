using System.Collections.Generic;
using EdgeCnn.Trainer.Learning;

namespace EdgeCnn.Cli.Results;

/// <summary>What a model file says of itself.</summary>
/// <param name="ModelPath">Where it is.</param>
/// <param name="FileBytes">Size of the file.</param>
/// <param name="WeightBytes">Size of the weights section.</param>
/// <param name="ArenaBytes">RAM that inference needs.</param>
/// <param name="LearningBytes">RAM that learning needs besides; 0 when the model does not learn.</param>
/// <param name="LargestLayerBytes">Weights and multipliers of the largest layer: the window of boards that read them by piece.</param>
/// <param name="WindowedBytes">RAM on a board that reads weights out of a file, one layer at a time: the window, what stays beside it, the
/// arena and what learning needs.</param>
/// <param name="Macs">Multiply-accumulate operations of one run.</param>
/// <param name="ModelId">Identity of the content, 32 hexadecimal digits.</param>
/// <param name="IsIntact">Whether the content is the one that the identity was computed from.</param>
/// <param name="SignedBy">Id of the key that it says it is signed with, 16 hexadecimal digits; null when it is not signed.</param>
/// <param name="HasTest">Whether the file carries a self-test.</param>
/// <param name="Meta">What the exporter noted.</param>
/// <param name="Sections">The parts of the file.</param>
/// <param name="Inputs">What an application fills.</param>
/// <param name="Outputs">What an application reads.</param>
/// <param name="Operators">The program, in execution order.</param>
/// <param name="Learning">The plan for learning; null when the model has none.</param>
internal sealed record InspectResult(
    string ModelPath, int FileBytes, int WeightBytes, int ArenaBytes, int LearningBytes, int LargestLayerBytes, int WindowedBytes,
    long Macs, string ModelId, bool IsIntact, string? SignedBy, bool HasTest, IReadOnlyDictionary<string, string> Meta,
    IReadOnlyList<SectionResult> Sections, IReadOnlyList<TensorResult> Inputs, IReadOnlyList<TensorResult> Outputs,
    IReadOnlyList<OperatorResult> Operators, LearningMemory? Learning);

/// <summary>A part of the file.</summary>
internal sealed record SectionResult(string Name, int Type, int Offset, int Bytes);

/// <summary>An input or output; real = scale · (q − zeroPoint). It takes so many samples of sound per second, 0 for none.</summary>
internal sealed record TensorResult(
    string Name, int Tensor, string Type, IReadOnlyList<int> Shape, float Scale, int ZeroPoint, int ArenaOffset, bool TakesPixels,
    int SoundSamples, int SoundRate, IReadOnlyList<string> Labels);

/// <summary>A line of the program. Offsets are places in the arena.</summary>
internal sealed record OperatorResult(
    int Index, string Name, IReadOnlyList<int> InputShape, IReadOnlyList<int> OutputShape, long Macs, long WeightBytes, long ScratchBytes,
    int InputOffset, int OutputOffset);
