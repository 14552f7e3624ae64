using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Tests.Training;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Quantization.Aware;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Trainer.Tests.Quantization.Aware;

/// <summary>A small network on drawn digits whose weights get 4 bits.</summary>
public sealed class AwareTrainingTests
{
    private static readonly Dataset Train = DrawnDigits.Draw(1, 0, 3000), Test = DrawnDigits.Draw(2, 0, 1000);

    private static readonly Recipe Digits = Recipe.Parse(
        """
        {
          "name": "digits", "data": "drawnDigits", "input": [28, 28, 1], "classes": 10, "batch": 32, "seed": 3, "output": "softmax",
          "loss": "softmaxCrossEntropy", "optimizer": { "kind": "sgd", "momentum": 0.9 }, "schedule": { "kind": "cosine", "rate": 0.05 },
          "quantization": { "weightBits": 4, "keepEnds": false, "aware": { "epochs": 4, "rate": 0.2 } },
          "network": [
            { "kind": "conv2d", "filters": 4, "kernel": 5, "stride": 2 }, "batchNorm", "relu",
            { "kind": "conv2d", "filters": 6, "kernel": 5, "stride": 2 }, "relu",
            { "kind": "fullyConnected", "units": 16 }, "relu", { "kind": "fullyConnected", "units": 10 },
          ],
        }
        """);

    [Fact]
    public void Weights_of_4_bits_stay_within_a_point_of_float_where_rounding_alone_loses_more()
    {
        var (network, _) = TrainingRun.Of<float>(Digits, Train, 6, 2);
        double before = Evaluator.Accuracy(network, Test, Digits.Normalization, 2);
        double rounded = IntegerEvaluator.Accuracy(ModelExport.ToBytes(Digits, network, Train), Test, 2);
        Assert.True(rounded < before - 0.01, $"rounded {rounded}, float {before}");

        var ranges = Continue(network, Train, 2);
        double after = Evaluator.Accuracy(network, Test, Digits.Normalization, 2);
        double aware = IntegerEvaluator.Accuracy(ModelExport.ToBytes(Digits, network, Train, ranges), Test, 2);
        Assert.True(aware >= Math.Max(before, after) - 0.01, $"aware {aware}, float {before} before and {after} after");
    }

    [Fact]
    public void The_twin_computes_what_the_integer_model_does()
    {
        var (network, _) = TrainingRun.Of<float>(Digits, Train, 2, 2);
        var twin = new AwareNetwork(network, Digits.CreateLayers<float>(), 0.05);
        IReadOnlyList<Stage> stages = Stage.Of(network);
        var ranges = ActivationRanges.Measure(network, stages, Digits.Normalization, Train.Slice(0, 200), () => new MinMaxObserver());
        FakeQuantize<float>[] fakes = [.. twin.Network.Layers.OfType<FakeQuantize<float>>()];
        Assert.Equal(["relu1", "relu2", "relu3", "fullyConnected2"], fakes.Select(fake => fake.Name.Split('.')[0]));
        for (int i = 0; i < fakes.Length; i++)
            (fakes[i].Range.Values[0], fakes[i].Range.Values[1]) = ((float)ranges[i].Min, (float)ranges[i].Max);

        byte[] model = ModelExport.ToBytes(Digits, network, Train, twin.Ranges);
        FakeWeights weights = twin.FakeWeights(Digits.Quantization.Formats, 1);
        weights.Enter(0);
        int[] classes = Evaluator.Classify(twin.Network, Test, Digits.Normalization, 2);
        weights.Leave();
        int equal = classes.Zip(IntegerEvaluator.Classify(model, Test, 2)).Count(pair => pair.First == pair.Second);
        Assert.InRange(equal, 0.99 * Test.Count, Test.Count);
        Assert.All(
            network.Parameters.Zip(twin.Network.Parameters.Where(parameter => !parameter.Name.EndsWith("range", StringComparison.Ordinal))),
            pair => Assert.Equal(pair.First.Values, pair.Second.Values));
    }

    [Fact]
    public void Ranges_are_learned_of_what_is_in_use_and_not_of_what_dropout_makes_of_it()
    {
        Recipe dropout = Recipe.Parse(Digits.Text.Replace("\"batchNorm\", \"relu\",", "\"relu\", \"dropout\",", StringComparison.Ordinal));
        Network<float> network = dropout.CreateNetwork<float>();
        string[] names = [.. new AwareNetwork(network, dropout.CreateLayers<float>(), 0.05).Network.Layers.Select(layer => layer.Name)];
        Assert.Equal(["conv2d1", "relu1", "relu1.quantized", "dropout1"], names[..4]);
    }

    [Fact]
    public void A_saved_network_keeps_the_ranges_and_exports_to_the_same_model()
    {
        using var folder = new TemporaryFolder();
        string path = System.IO.Path.Combine(folder.Path, "model.ecfloat");
        Network<float> network = Digits.CreateNetwork<float>();
        var ranges = Continue(network, Train.Slice(0, 200), 2);
        NetworkSerializer.Save(path, Digits, network, ranges);
        SavedNetwork saved = NetworkSerializer.Load(path);
        Assert.Equal(ranges, saved.Ranges);
        Assert.Equal(
            ModelExport.ToBytes(Digits, network, Train, ranges), ModelExport.ToBytes(saved.Recipe, saved.Network, Train, saved.Ranges));
        NetworkSerializer.Save(path, Digits, network);
        Assert.Null(NetworkSerializer.Load(path).Ranges);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(23)]
    public void Interrupted_after_any_mini_batch_it_comes_to_the_same_bits(int batches)
    {
        using var folder = new TemporaryFolder();
        string path = System.IO.Path.Combine(folder.Path, "checkpoint");
        Dataset images = Train.Slice(0, 200);
        TrainingOrigin origin = TrainingOrigin.Of(Digits, new DataSplit(images, Test), 4, 1);
        Assert.Equal(Run((_, _) => { }, _ => { }), Run((_, _) => { }, Interrupted()));

        Action<TrainingLoop<float>> Interrupted()
        {
            int left = batches;
            Run((loop, _) =>
            {
                if (--left == 0) Checkpoint.Save(path, loop, origin);
            }, _ => { });
            return loop => Checkpoint.Restore(path, loop, origin);
        }

        string Run(Action<TrainingLoop<float>, TrainingProgress> report, Action<TrainingLoop<float>> begin)
        {
            Network<float> network = Digits.CreateNetwork<float>();
            TrainingLoop<float> running = null!;
            var ranges = AwareTraining.Run(
                Digits, network, images, 1, 2, new ImmediateProgress(progress => report(running, progress)),
                begin: loop => begin(running = loop), cancellation: TestContext.Current.CancellationToken);
            return $"{TrainingRun.Hash(network)} {string.Join(' ', ranges)}";
        }
    }

    [Fact]
    public void It_gives_the_same_bits_for_any_number_of_threads()
    {
        Assert.Equal(Run(1), Run(3));

        static string Run(int threads)
        {
            Network<float> network = Digits.CreateNetwork<float>();
            var ranges = Continue(network, Train.Slice(0, 200), threads);
            return $"{TrainingRun.Hash(network)} {string.Join(' ', ranges)}";
        }
    }

    [Fact]
    public void Weights_of_4_bits_take_half_the_bytes_where_there_is_an_operator_for_them()
    {
        using EdgeModel all = EdgeModel.Open(ModelExport.ToBytes(Digits, Digits.CreateNetwork<float>(), Train));
        Assert.Equal(
            ["Conv2DInt4", "Conv2DInt4", "FullyConnectedInt4", "FullyConnectedInt4", "Softmax"], all.Operators.Select(op => op.Name));
        Assert.Equal(4 * 25 / 2, all.Operators[0].WeightBytes);

        Recipe ends = Recipe.Parse(Digits.Text.Replace("\"keepEnds\": false, ", "", StringComparison.Ordinal));
        using EdgeModel kept = EdgeModel.Open(ModelExport.ToBytes(ends, ends.CreateNetwork<float>(), Train));
        Assert.Equal(["Conv2D", "Conv2DInt4", "FullyConnectedInt4", "FullyConnected", "Softmax"], kept.Operators.Select(op => op.Name));
    }

    private static IReadOnlyList<(double Min, double Max)> Continue(Network<float> network, Dataset images, int threads) =>
        AwareTraining.Run(Digits, network, images, 1, threads, cancellation: TestContext.Current.CancellationToken);
}
