using System;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Cli.Training;

/// <summary>Hears how a training goes: of every mini-batch, and of every epoch once it is validated.</summary>
internal interface ITrainingWatcher : IProgress<TrainingProgress>
{
    void EpochEnded(EpochResult epoch);
}
