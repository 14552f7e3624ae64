using System;
using System.Threading;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Optimizers;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Schedules;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Training;

public class TrainingLoopTests
{
    private static readonly Recipe LeNet = TrainingRun.Recipe("drawn-digits");

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        // 330 samples: whole mini-batches, and a last one with a shard that is not full.
        var data = DrawnDigits.Draw(3, 0, 330);
        var expected = TrainingRun.Hash(TrainingRun.Of<float>(LeNet, data, 2, 1).Network);
        Assert.Equal(expected, TrainingRun.Hash(TrainingRun.Of<float>(LeNet, data, 2, 2).Network));
        Assert.Equal(expected, TrainingRun.Hash(TrainingRun.Of<float>(LeNet, data, 2, 3).Network));
        Assert.Equal(expected, TrainingRun.Hash(TrainingRun.Of<float>(LeNet, data, 2, 7).Network));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits_where_layers_need_the_whole_mini_batch()
    {
        // 5 shards a mini-batch, and a last one of a single sample.
        var data = DrawnDigits.Draw(3, 0, 161);
        var recipe = TrainingRun.Residual(batch: 80);
        var expected = TrainingRun.Hash(TrainingRun.Of<float>(recipe, data, 2, 1).Network);
        Assert.Equal(expected, TrainingRun.Hash(TrainingRun.Of<float>(recipe, data, 2, 2).Network));
        Assert.Equal(expected, TrainingRun.Hash(TrainingRun.Of<float>(recipe, data, 2, 3).Network));
        Assert.Equal(expected, TrainingRun.Hash(TrainingRun.Of<float>(recipe, data, 2, 7).Network));
    }

    [Fact]
    public void Images_that_are_augmented_ahead_give_the_same_bits()
    {
        // Several epochs, and a last mini-batch that is not full.
        var data = DrawnDigits.Draw(3, 0, 130);
        var recipe = TrainingRun.Winograd(batch: 48);
        var expected = TrainingRun.Hash(TrainingRun.Of<float>(recipe, data, 3, 1, ahead: false).Network);
        Assert.Equal(expected, TrainingRun.Hash(TrainingRun.Of<float>(recipe, data, 3, 1, ahead: true).Network));
        Assert.Equal(expected, TrainingRun.Hash(TrainingRun.Of<float>(recipe, data, 3, 3, ahead: true).Network));
    }

    [Fact]
    public void A_mini_batch_is_normalized_as_a_whole_and_not_shard_by_shard()
    {
        // 32 samples in two shards, and the same in one pass: the statistics that are left behind are equal.
        var data = DrawnDigits.Draw(3, 0, 32);
        var recipe = TrainingRun.Residual(batch: 32);
        var trained = TrainingRun.Of<double>(recipe, data, 1, 1).Network;
        var network = recipe.CreateNetwork<double>();
        var pass = new NetworkPass<double>(network, 32, PassPurpose.Train);
        Normalization.Apply<double>(data.Pixels, recipe.Normalization.Table<double>(), pass.Input);
        pass.Forward(32);
        var (expected, found) = ((BatchNorm<double>)network.Layers[1], (BatchNorm<double>)trained.Layers[1]);
        for (var c = 0; c < expected.Output.Channels; c++)
        {
            Assert.Equal(expected.Mean.Values[c], found.Mean.Values[c], 1e-14);
            Assert.Equal(expected.Variance.Values[c], found.Variance.Values[c], 1e-14);
        }
    }

    [Fact]
    public void Evaluation_is_the_same_for_any_number_of_threads()
    {
        var data = DrawnDigits.Draw(4, 0, 101);
        var network = LeNet.CreateNetwork<float>();
        var one = Evaluator.Classify(network, data, LeNet.Normalization);
        Assert.Equal(one, Evaluator.Classify(network, data, LeNet.Normalization, 3));
    }

    [Fact]
    public void Training_stops_at_the_given_loss()
    {
        var data = DrawnDigits.Draw(5, 0, 320);
        var (_, whole) = TrainingRun.Of<float>(LeNet, data, 30, 2);
        var (_, stopped) = TrainingRun.Of<float>(LeNet, data, 30, 2, stopAtLoss: 0.5);
        Assert.False(whole.StoppedAtLoss);
        Assert.Equal(30, whole.Epochs);
        Assert.True(stopped.StoppedAtLoss);
        Assert.InRange(stopped.Loss, 0, 0.5);
        Assert.InRange(stopped.Epochs, 2, 29);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_training_with_advice()
    {
        var recipe = Recipe.Parse(LeNet.Text.Replace("\"rate\": 0.05", "\"rate\": 1e20", StringComparison.Ordinal));
        var error = Assert.Throws<TrainingException>(() => TrainingRun.Of<float>(recipe, DrawnDigits.Draw(6, 0, 640), 2, 1));
        Assert.Contains("smaller rate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_between_two_mini_batches()
    {
        using var source = new CancellationTokenSource();
        var network = LeNet.CreateNetwork<float>();
        using var loop = new TrainingLoop<float>(
            network, LeNet.CreateLoss<float>(), LeNet.CreateOptimizer<float>(), LeNet.CreateSchedule(), LeNet.Normalization, new(64, 5, 1));
        var reports = 0;
        var progress = new ImmediateProgress(_ =>
        {
            if (++reports == 2)
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => loop.Run(DrawnDigits.Draw(7, 0, 640), progress, source.Token));
        Assert.Equal(2, reports);
    }

    [Fact]
    public void A_step_applies_the_rate_to_the_gradient_of_the_mean_loss()
    {
        // Two samples of constant gray x = 1 under a linear unit: loss ½(y − t)² with y = w·1 + b = 0, targets (1, 0) for class 0.
        var data = new Dataset(Shape.Vector(1), [255, 255], [0, 0], Dataset.NumberedClasses(2));
        var network = new Network<double>(Shape.Vector(1), [new FullyConnected<double>(2)]);
        using var loop = new TrainingLoop<double>(
            network, new HalfSumOfSquares<double>(), new Sgd<double>(), new FixedRate(0.5), Normalization.UnitRange(1), new(2, 1, 1));
        var result = loop.Run(data, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([0.5, 0], network.Parameters[0].Values.ToArray());
        Assert.Equal([-1, 0], network.Parameters[0].Gradient.ToArray());
        Assert.Equal(0.5, result.Loss);
    }

    [Fact]
    public void A_parameter_that_is_not_trainable_keeps_its_values()
    {
        var data = DrawnDigits.Draw(9, 0, 64);
        var network = LeNet.CreateNetwork<float>();
        var before = network.Parameters[0].Values.ToArray();
        network.Parameters[0].Trainable = false;
        using var loop = new TrainingLoop<float>(
            network, LeNet.CreateLoss<float>(), LeNet.CreateOptimizer<float>(), LeNet.CreateSchedule(), LeNet.Normalization, new(64, 1, 1));
        loop.Run(data, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(before, network.Parameters[0].Values.ToArray());
        Assert.NotEqual(0, network.Parameters[1].Values[0]);
    }
}
