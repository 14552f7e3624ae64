using System;
using EdgeCnn.Managed;
using Xunit;

namespace EdgeCnn.Tests.Managed;

/// <summary>Runs when no other test does, because it counts the allocations of all threads.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int Runs = 1000, Attempts = 20;

    [Theory]
    [MemberData(nameof(Operators.OperatorHarnessTests.Tiles), MemberType = typeof(Operators.OperatorHarnessTests))]
    public void A_thousand_runs_allocate_nothing_on_any_thread(string tile)
    {
        using EdgeModel model = EdgeModel.Open(TestModels.LeNet5, TileChoice.Of(tile));
        byte[] image = TestModels.Digits(1).Image(0).ToArray();
        Work(model, image, 100);   // the first runs may compile
        long least = long.MaxValue;
        // The test runner's own threads may allocate now and then; the quietest attempt shows what the runs do.
        for (int attempt = 0; attempt < Attempts && least != 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Work(model, image, Runs);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        Assert.Equal(0, least);
    }

    private static void Work(EdgeModel model, byte[] image, int runs)
    {
        for (int i = 0; i < runs; i++)
        {
            model.SetPixels(image);
            model.Run();
        }
    }
}
