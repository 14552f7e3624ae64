using System;
using System.Linq;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Quantization.Aware;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Training;

/// <summary>Counts what the whole process allocates, so nothing runs beside it.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_step_allocates_nothing(bool residual)
    {
        // The first mini-batches of a run allocate what they need once; from the third on nothing is added on any thread. What .NET itself
        // allocates while it compiles comes and goes: of a few runs, one must be free of it.
        Assert.Contains(0L, Enumerable.Range(0, 4).Select(_ => AllocatedBySteps(residual)));
    }

    [Fact]
    public void A_step_whose_images_are_augmented_ahead_allocates_nothing() =>
        Assert.Contains(0L, Enumerable.Range(0, 4).Select(_ => AllocatedBySteps(progress => TrainingRun.Of<float>(
            TrainingRun.Winograd(batch: 64), DrawnDigits.Draw(8, 0, 640), 1, 2, progress: progress))));

    [Fact]
    public void A_quantization_aware_step_allocates_nothing()
    {
        var recipe = Recipe.Parse(TrainingRun.Residual(batch: 64).Text.Replace(
            "\"network\":", "\"quantization\": { \"weightBits\": 4, \"aware\": { \"epochs\": 1 } }, \"network\":",
            StringComparison.Ordinal));
        Assert.Contains(0L, Enumerable.Range(0, 4).Select(_ => AllocatedBySteps(progress => AwareTraining.Run(
            recipe, recipe.CreateNetwork<float>(), DrawnDigits.Draw(8, 0, 640), 1, 2, progress))));
    }

    private static long AllocatedBySteps(bool residual)
    {
        var recipe = residual ? TrainingRun.Residual(batch: 64) : TrainingRun.Recipe("drawn-digits");
        return AllocatedBySteps(progress => TrainingRun.Of<float>(recipe, DrawnDigits.Draw(8, 0, 640), 1, 2, progress: progress));
    }

    /// <summary>Bytes that the third to the ninth mini-batch of a training allocate.</summary>
    private static long AllocatedBySteps(Action<IProgress<TrainingProgress>> train)
    {
        long before = 0, after = 0;
        var progress = new ImmediateProgress(report =>
        {
            if (report is { Epoch: 1, Batch: 3 })
                before = GC.GetTotalAllocatedBytes(precise: true);
            if (report is { Epoch: 1, Batch: 9 })
                after = GC.GetTotalAllocatedBytes(precise: true);
        });
        train(progress);
        return after - before;
    }
}
