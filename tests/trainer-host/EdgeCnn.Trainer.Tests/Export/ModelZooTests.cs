using System;
using System.IO;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Trainer.Tests.Export;

/// <summary>The recipes under models/, trained from nothing: what their integer models reach on images that they have not seen.</summary>
public sealed class ModelZooTests
{
    [Fact]
    public void LeNet5_reads_drawn_digits()
    {
        (double real, double integer) = TrainAndExport("drawn-digits", null);
        Assert.InRange(integer, 0.95, 1);
        Assert.InRange(integer, real - 0.005, 1);
    }

    [Fact]
    public void LeNet5_reads_MNIST_after_five_epochs()
    {
        string folder = Path.Combine(Repository.Shared, "data", "mnist");
        Assert.SkipUnless(Directory.Exists(folder), $"no MNIST in {folder}; set EDGECNN_SHARED");
        (double real, double integer) = TrainAndExport("lenet5", folder);
        Assert.InRange(real, 0.99, 1);
        Assert.InRange(integer, 0.99, 1);
        Assert.InRange(integer, real - 0.001, real + 0.001);
    }

    private static (double Float, double Integer) TrainAndExport(string name, string? folder)
    {
        Recipe recipe = Recipe.Load(Path.Combine(Repository.Root, "models", name, "recipe.json"));
        Assert.InRange(recipe.Epochs, 1, 10);
        if (name == "lenet5") Assert.Equal(5, recipe.Epochs);
        DataSplit data = recipe.LoadData(folder);
        Network<float> network = recipe.CreateNetwork<float>();
        int threads = Environment.ProcessorCount;
        var settings = new TrainingSettings(recipe.Batch, recipe.Epochs, recipe.Seed, recipe.StopAtLoss, threads);
        using var training = new TrainingLoop<float>(
            network, recipe.CreateLoss<float>(), recipe.CreateOptimizer<float>(), recipe.CreateSchedule(), recipe.Normalization, settings);
        training.Run(data.Train, cancellation: TestContext.Current.CancellationToken);
        double real = Evaluator.Accuracy(network, data.Test, recipe.Normalization, threads);
        byte[] model = ModelExport.ToBytes(recipe, network, data.Train);
        double integer = IntegerEvaluator.Accuracy(model, data.Test, threads);
        // The file in the repository is what its recipe makes, to the bit, on any machine.
        Assert.Equal(File.ReadAllBytes(Path.Combine(Repository.Root, "models", name, "model.ecnn")), model);
        Measured.Note($"{name}: float {real:p2}, int8 {integer:p2} of {data.Test.Count} images");
        return (real, integer);
    }
}
