using System;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Tests.Training;

/// <summary>Reports on the thread that trains.</summary>
internal sealed class ImmediateProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
