using System;
using System.Linq;
using EdgeCnn.Tests.Training;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Layers;

public class ConnectionTests
{
    [Fact]
    public void The_table_of_LeNet5_is_the_published_one()
    {
        var table = ConnectionTable.Of("lenet5").Inputs;
        Assert.Equal(16, table.Count);
        Assert.Equal([3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6], table.Select(maps => maps.Count));
        // The paper: layer C3 has 1,516 trainable parameters; each input map feeds 10 of the 16 output maps.
        Assert.Equal(1516, table.Sum(maps => maps.Count) * 25 + 16);
        Assert.All(Enumerable.Range(0, 6), map => Assert.Equal(10, table.Count(maps => maps.Contains(map))));
    }

    [Theory]
    [InlineData("{ \"kind\": \"sgd\", \"momentum\": 0.9, \"weightDecay\": 0.001 }", "0.05")]
    [InlineData("\"adamW\"", "0.002")]
    public void Weights_of_missing_connections_stay_exactly_zero(string optimizer, string rate)
    {
        var text = TrainingRun.Recipe("drawn-digits").Text;
        var from = text.IndexOf("\"optimizer\"", StringComparison.Ordinal);
        var to = text.IndexOf("\"batch\"", StringComparison.Ordinal);
        text = text[..from] + $"\"optimizer\": {optimizer}, \"schedule\": {{ \"kind\": \"fixed\", \"rate\": {rate} }}, " + text[to..];
        var recipe = Recipe.Parse(
            text.Replace("\"filters\": 16,", "\"filters\": 16, \"connections\": \"lenet5\",", StringComparison.Ordinal));
        var (network, _) = TrainingRun.Of<float>(recipe, DrawnDigits.Draw(3, 0, 96), 2, 2);
        var layer = network.Layers.OfType<Conv2D<float>>().Last();
        var connected = 0;
        for (var i = 0; i < layer.Weights!.Length; i++)
        {
            var isConnected = layer.Connections!.Inputs[i / (25 * 6)].Contains(i % 6);
            Assert.Equal(isConnected, layer.Weights.Values[i] != 0);
            connected += isConnected ? 1 : 0;
        }

        Assert.Equal(1500, connected);
    }

    [Fact]
    public void Tables_that_do_not_fit_are_refused()
    {
        var lenet5 = ConnectionTable.Of("lenet5");
        Refused("the table is for 16 output maps, the layer has 4", new Conv2D<float>(4, new(1, 1), connections: lenet5));
        Refused("there is no input map 2; the input has 2", new Conv2D<float>(1, new(1, 1), connections: new([[0, 2]])));
        Refused("a table and groups exclude each other", new Conv2D<float>(2, new(1, 1), groups: 2, connections: new([[0], [1]])));
        Assert.ThrowsAny<ArgumentException>(() => new ConnectionTable([[0], []]));
        var unknown = Assert.ThrowsAny<ArgumentException>(() => ConnectionTable.Of("lenet"));
        Assert.Contains("use one of: lenet5", unknown.Message, StringComparison.Ordinal);

        static void Refused(string reason, Layer<float> layer) => Assert.Contains(
            reason, Assert.Throws<RecipeException>(() => new Network<float>(new(3, 3, 2), [layer])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Combinations_of_maps_hold_shares_that_sum_to_one()
    {
        var layer = new MapCombination<double>(3, new(1, 1));
        var network = new Network<double>(new(1, 1, 2), [layer]);
        var mixing = network.Parameters.Single(parameter => parameter.Name.EndsWith("mixing", StringComparison.Ordinal));
        ((double[])[0, 0, Math.Log(3), 0, 0, Math.Log(4)]).CopyTo(mixing.Values);
        ((double[])[2, -1]).CopyTo(layer.Weights!.Values);
        network.WeightsChanged();
        Close([0.5, 0.5, 0.75, 0.25, 0.2, 0.8], layer.Shares);
        // x = (3, 5) under kernels 2 and −1 is (6, −5).
        Close([0.5, 3.25, -2.8], network.Forward([3, 5]).Output);

        static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual) =>
            Assert.All(expected.ToArray().Zip(actual.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 13));
    }

    [Fact]
    public void A_penalty_on_shares_needs_free_ones()
    {
        Assert.Equal(0.1, new MapCombination<double>(3, new(1, 1), softmax: false, sparsity: 0.1) is { } layer
            ? new Network<double>(new(1, 1, 2), [layer]).Parameters[1].L1 : 0);
        Assert.ThrowsAny<ArgumentException>(() => new MapCombination<double>(3, new(1, 1), sparsity: 0.1));
    }
}
