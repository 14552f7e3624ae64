using System.IO;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Tests.Training;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Report;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Networks;

/// <summary>Networks that textbooks name, from their recipe to the integer model.</summary>
public class NamedNetworkTests
{
    [Fact]
    public void ResNet8_with_batch_normalization_reads_drawn_digits()
    {
        var recipe = Load("resnet8");
        var data = recipe.LoadData(null);
        var report = TrainAndExport(recipe, data.Train, data.Test);
        Assert.Equal(
            [
                "conv2d1 + batchNorm1 + relu1", "conv2d2 + batchNorm2 + relu2", "conv2d3 + batchNorm3", "add1 + relu3",
                "conv2d4 + batchNorm4 + relu4", "conv2d5 + batchNorm5", "conv2d6", "add2 + relu5",
                "conv2d7 + batchNorm6 + relu6", "conv2d8 + batchNorm7", "conv2d9", "add3 + relu7",
                "averagePool1", "fullyConnected1", "softmax",
            ],
            report.Layers.Select(layer => layer.Name));
    }

    [Fact]
    public void A_depthwise_separable_network_tells_toy_sounds_apart()
    {
        var report = TrainAndExport(Load("dscnn"), ToySounds.Draw(1, 1200), ToySounds.Draw(2, 500));
        Assert.Equal("depthwiseConv2d1 + batchNorm2 + relu2", report.Layers[1].Name);
        Assert.Equal(12, report.Layers.Count);
    }

    private static Recipe Load(string name) =>
        Recipe.Load(Path.Combine(Repository.Root, "tests", "trainer-host", "EdgeCnn.Trainer.Tests", "Networks", $"{name}.json"));

    private static ComparisonReport TrainAndExport(Recipe recipe, Dataset train, Dataset test)
    {
        var (network, _) = TrainingRun.Of<float>(recipe, train, recipe.Epochs, 2);
        var model = ModelExport.ToBytes(recipe, network, train);
        using var opened = EdgeModel.Open(model);
        Assert.Null(opened.RunSelfTest());
        var report = new Comparison(model, network, recipe.Normalization).Run(test, 2);
        Measured.Note($"{recipe.Name}: float {report.FloatAccuracy:p2}, int8 {report.Int8Accuracy:p2} of {report.Images} images");
        Assert.InRange(report.FloatAccuracy, 0.95, 1);
        Assert.InRange(report.Int8Accuracy, report.FloatAccuracy - 0.005, 1);
        Assert.All(report.Layers, layer => Assert.True(layer.SqnrDb > 20, $"{layer.Name}: {layer.SqnrDb} dB"));
        return report;
    }
}
