using System;
using System.Linq;
using EdgeCnn.Trainer.Data;
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

    private static long AllocatedBySteps(bool residual)
    {
        long before = 0, after = 0;
        var progress = new ImmediateProgress(report =>
        {
            if (report is { Epoch: 1, Batch: 3 })
                before = GC.GetTotalAllocatedBytes(precise: true);
            if (report is { Epoch: 1, Batch: 9 })
                after = GC.GetTotalAllocatedBytes(precise: true);
        });
        var recipe = residual ? TrainingRun.Residual(batch: 64) : TrainingRun.Recipe("drawn-digits");
        TrainingRun.Of<float>(recipe, DrawnDigits.Draw(8, 0, 640), 1, 2, progress: progress);
        return after - before;
    }
}
