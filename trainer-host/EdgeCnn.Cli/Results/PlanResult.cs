using System.Collections.Generic;
using EdgeCnn.Trainer.Learning;

namespace EdgeCnn.Cli.Results;

/// <summary>A plan for learning.</summary>
/// <param name="ModelPath">Where the model with the plan was written.</param>
/// <param name="ModelId">Its identity, which deltas name.</param>
/// <param name="FileBytes">Its size.</param>
/// <param name="Sram">The RAM that it may take; null: no limit was given.</param>
/// <param name="Memory">What learns, and the RAM that it takes.</param>
/// <param name="Gains">What each layer brought when it was measured, where the layers were chosen by that.</param>
internal sealed record PlanResult(
    string ModelPath, string ModelId, int FileBytes, int? Sram, LearningMemory Memory, IReadOnlyList<LayerGain> Gains);
