using System;
using EdgeCnn.Managed;
using EdgeCnn.Tests.Learning;
using EdgeCnn.Trainer.Learning;
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
        Assert.Equal(0, Allocated(() =>
        {
            model.SetPixels(image);
            model.Run();
        }));
    }

    [Theory]
    [MemberData(nameof(Operators.OperatorHarnessTests.Tiles), MemberType = typeof(Operators.OperatorHarnessTests))]
    public void A_thousand_learning_steps_allocate_nothing_on_any_thread(string tile)
    {
        byte[] file = LearningPlanner.Apply(Learning.LearningModels.Random(2), new LearningSettings());
        using EdgeModel model = EdgeModel.Open(file, new ModelOptions { Learns = true, Tile = TileChoice.Of(tile) });
        int label = 0;
        Assert.Equal(0, Allocated(() =>
        {
            model.Input.Fill((sbyte)label);
            model.Learn(label++ % 3);
        }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_thousand_batches_allocate_nothing_on_any_thread(int threads)
    {
        using EdgeModel model = EdgeModel.Open(TestModels.LeNet5, new ModelOptions { Threads = threads });
        byte[] pixels = new byte[5 * 784], inputs = new byte[5 * model.BatchInputBytes], outputs = new byte[5 * model.BatchOutputBytes];
        Assert.Equal(0, Allocated(() =>
        {
            model.RunBatch(inputs, outputs);
            model.RunPixelBatch(pixels, outputs);
        }));
    }

    [Fact]
    public void Learning_with_rehearsal_and_guard_allocates_nothing()
    {
        using EdgeModel model = EdgeModel.Open(
            LearnedModel.File(new LearningSettings { Layers = LayerChoice.Parse("last:1") }),
            new ModelOptions { Learns = true, Rehearsal = new RehearsalOptions { Samples = 5, GuardInterval = 50 } });
        byte[] image = TestModels.Digits(1).Image(0).ToArray();
        float[] target = [0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(0, Allocated(() =>
        {
            model.SetPixels(image);
            model.Learn(2);
            model.Learn(target);
            model.Evaluate(2);
        }));
    }

    /// <summary>Bytes that all threads allocate while <paramref name="work"/> is done many times.</summary>
    private static long Allocated(Action work)
    {
        for (int i = 0; i < 100; i++) work();   // the first runs may compile
        long least = long.MaxValue;
        // The test runner's own threads may allocate now and then; the quietest attempt shows what the runs do.
        for (int attempt = 0; attempt < Attempts && least != 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Runs; i++) work();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        return least;
    }
}
