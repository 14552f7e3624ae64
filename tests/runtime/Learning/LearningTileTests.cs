using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Learning;
using Xunit;

namespace EdgeCnn.Tests.Learning;

/// <summary>Learning has the same result, to the last bit of every weight, with every tile and any number of threads.</summary>
public sealed unsafe class LearningTileTests
{
    private const int Samples = 16;

    /// <summary>Networks of models/, and how many steps they take in the test.</summary>
    public static TheoryData<string, int> Networks => new() { { "lenet5", 1000 }, { "depthwise residual", 1000 }, { "dscnn-digits", 20 }, { "resnet8", 4 } };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Weights_are_equal_with_every_tile_and_number_of_threads(string network, int steps) =>
        Compare(LearningModels.Named(network), new LearningSettings(), steps);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Weights_of_random_networks_are_equal_with_every_tile(int seed)
    {
        byte[] model = LearningModels.Random(seed);
        LearningSettings[] settings =
        [
            new() { Rate = 0.02 }, new() { Rate = 2 }, new() { Rate = 1e-5 }, new() { FractionBits = 4 }, new() { FractionBits = 0 },
            new() { Batch = 4, Momentum = 0.9 }, new() { Layers = LayerChoice.Parse("biases") }, new() { Layers = LayerChoice.Parse("last:2") },
        ];
        for (int i = 0; i < settings.Length; i++) Compare(model, settings[i], i == 0 ? 1000 : 100);
    }

    [Theory]
    [MemberData(nameof(Operators.OperatorHarnessTests.Tiles), MemberType = typeof(Operators.OperatorHarnessTests))]
    public void A_reset_model_learns_the_same_again(string tile)
    {
        byte[] file = LearningPlanner.Apply(LearningModels.Random(7), new LearningSettings { Rate = 0.02 });
        using EdgeModel model = EdgeModel.Open(file, new ModelOptions { Learns = true, Tile = TileChoice.Of(tile) });
        ulong fresh = Learner.Hash(model.ModelPointer, model.ArenaPointer);
        ulong learned = Learn(model, 50);
        model.Reset();
        Assert.Equal(fresh, Learner.Hash(model.ModelPointer, model.ArenaPointer));
        Assert.NotEqual(fresh, learned);
        Assert.Equal(learned, Learn(model, 50));
    }

    [Theory]
    [MemberData(nameof(Operators.OperatorHarnessTests.Tiles), MemberType = typeof(Operators.OperatorHarnessTests))]
    public void A_batch_runs_with_the_learned_weights_on_every_thread(string tile)
    {
        byte[] file = LearningPlanner.Apply(LearningModels.DepthwiseResidual, new LearningSettings { Rate = 0.05 });
        using EdgeModel model = EdgeModel.Open(file, new ModelOptions { Learns = true, Threads = 3, Tile = TileChoice.Of(tile) });
        Learn(model, 100);
        byte[] inputs = new byte[Samples * model.BatchInputBytes], outputs = new byte[Samples * model.BatchOutputBytes];
        for (int i = 0; i < Samples; i++) Image(model, i).CopyTo(inputs.AsSpan(i * model.BatchInputBytes));
        model.RunBatch(inputs, outputs);
        for (int i = 0; i < Samples; i++)
        {
            Image(model, i).CopyTo(model.Bytes(model.Inputs[0]));
            model.Run();
            Assert.Equal(model.Bytes(model.Outputs[0]).ToArray(), outputs[(i * model.BatchOutputBytes)..((i + 1) * model.BatchOutputBytes)]);
        }
    }

    private static void Compare(byte[] model, LearningSettings settings, int steps)
    {
        byte[] file = LearningPlanner.Apply(model, settings);
        ulong expected = Learned(file, TileCode.Portable, 1, steps);
        Assert.All(
            TileChoice.Available.SelectMany(tile => new[] { (tile, 1), (tile, 2) }).Skip(1),
            option => Assert.Equal((option, expected), (option, Learned(file, option.tile, option.Item2, steps))));
    }

    private static ulong Learned(byte[] file, int tile, int threads, int steps)
    {
        using EdgeModel model = EdgeModel.Open(file, new ModelOptions { Learns = true, Tile = tile, Threads = threads });
        return Learn(model, steps);
    }

    private static ulong Learn(EdgeModel model, int steps)
    {
        int classes = model.Outputs[0].Elements;
        byte[][] images = [.. Enumerable.Range(0, Samples).Select(i => Image(model, i))];
        for (int i = 0; i < steps; i++)
        {
            images[i % Samples].CopyTo(model.Bytes(model.Inputs[0]));
            model.Learn(i % Samples % classes);
        }
        return Learner.Hash(model.ModelPointer, model.ArenaPointer);
    }

    private static byte[] Image(EdgeModel model, int sample)
    {
        var random = new Random(sample + 1);
        byte[] image = new byte[model.Inputs[0].ByteCount];
        for (int i = 0; i < image.Length; i++) image[i] = (byte)(random.Next(3) == 0 ? random.Next(-128, 128) : -128 + random.Next(30));
        return image;
    }
}
