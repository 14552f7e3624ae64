using System;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Recipes;
using Xunit;

namespace EdgeCnn.Tests.Recipes;

public class RecipeTests
{
    private const string Text = """
        // Comments and trailing commas are fine.
        {
          "name": "small",
          "data": "drawnDigits",
          "input": [28, 28, 1],
          "normalization": { "mean": [0.5], "deviation": [0.25] },
          "classes": 10,
          "network": [
            { "kind": "conv2d", "filters": 4, "kernel": [5, 3], "stride": 2, "padding": "same" },
            "relu6",
            { "kind": "maxPool", "kernel": 2 },
            { "kind": "fullyConnected", "units": 10, "initializer": { "kind": "normal", "deviation": 0.1 } },
          ],
          "output": "softmax",
          "loss": "softmaxCrossEntropy",
          "optimizer": { "kind": "sgd", "momentum": 0.9 },
          "schedule": { "kind": "step", "rate": 0.1, "every": 2 },
          "batch": 32, "epochs": 3, "seed": 7, "stopAtLoss": 0.01,
          "quantization": { "calibrationImages": 100, "method": "percentile", "percentile": 99.9, "perTensorFullyConnected": false },
        }
        """;

    [Fact]
    public void A_recipe_says_everything_about_a_training()
    {
        var recipe = Recipe.Parse(Text);
        Assert.Equal("small", recipe.Name);
        Assert.Equal(new Shape(28, 28, 1), recipe.Input);
        Assert.Equal((32, 3, 7UL, 0.01), (recipe.Batch, recipe.Epochs, recipe.Seed, recipe.StopAtLoss));
        Assert.Equal(OutputKind.Softmax, recipe.Output);
        Assert.Equal("9", recipe.Classes[9]);
        Assert.Equal((100, "percentile", 99.9, false), (
            recipe.Quantization.CalibrationImages, recipe.Quantization.Method, recipe.Quantization.Percentile,
            recipe.Quantization.Formats.PerTensorFullyConnected));
        Assert.Equal((255 * 1 / 255.0 - 0.5) / 0.25, recipe.Normalization.Table<double>()[255], 12);
        Assert.IsType<DrawnDigits>(recipe.Data);
        Assert.Equal(0.01, recipe.CreateSchedule().RateAt(20, 10, 3), 12);

        var network = recipe.CreateNetwork<float>();
        var conv = Assert.IsType<Conv2D<float>>(network.Layers[0]);
        Assert.Equal((new Extent(5, 3), new Extent(2, 2)), (conv.Kernel, conv.Stride));
        Assert.Equal(new Shape(14, 14, 4), conv.Output);
        Assert.Equal("conv2d1.weights", network.Parameters[0].Name);
        Assert.Equal(new Shape(1, 1, 10), network.Output);
    }

    [Fact]
    public void The_seed_decides_the_weights()
    {
        var recipe = Recipe.Parse(Text);
        var (first, again, other) = (recipe.CreateNetwork<float>(), recipe.CreateNetwork<float>(7), recipe.CreateNetwork<float>(8));
        Assert.Equal(first.Parameters[0].Values.ToArray(), again.Parameters[0].Values.ToArray());
        Assert.NotEqual(first.Parameters[0].Values.ToArray(), other.Parameters[0].Values.ToArray());
    }

    [Theory]
    [InlineData("\"name\": \"", "\"name\": \"a\\nb", "name: 'a\nb")]
    [InlineData("\"kernel\": 2", "\"kernel\": 0", "network[2].kernel: 0 is not allowed; use 1 or more")]
    [InlineData("\"kernel\": [5, 3]", "\"kernel\": [5, 0]", "network[0].kernel[1]: 0 is not allowed; use 1 or more")]
    [InlineData("\"kernel\": [5, 3]", "\"kernel\": [5]", "network[0].kernel: use one number or [height, width]")]
    [InlineData("\"filters\": 4", "\"filters\": -1", "network[0].filters: -1 is not allowed; use 1 or more")]
    [InlineData("\"filters\": 4", "\"filters\": 1.5", "network[0].filters: 1.5 is not allowed; use a whole number")]
    [InlineData("\"filters\": 4, ", "", "network[0].filters: is missing; write an object with \"kind\" and \"filters\"")]
    [InlineData("\"filters\": 4", "\"filter\": 4", "network[0].filter: is not known here; known are: kind, filters")]
    [InlineData("\"kind\": \"maxPool\"", "\"kind\": \"maxpool\"", "network[2].kind: 'maxpool' is not known; use one of: ")]
    [InlineData("\"relu6\"", "\"conv2d\"", "network[1].filters: is missing")]
    [InlineData("\"maxPool\", \"kernel\": 2", "\"maxPool\", \"kernel\": 15", "network[2].kernel: 15×15 does not fit into the input")]
    [InlineData("\"padding\": \"same\"", "\"padding\": \"some\"", "network[0].padding: 'some' is not known; use \"valid\"")]
    [InlineData("\"padding\": \"same\"", "\"padding\": 5", "network[0].padding: it would hold a whole 5×3 kernel")]
    [InlineData("\"momentum\": 0.9", "\"momentum\": 2", "optimizer.momentum: 2 is not allowed; use a number from 0 to 1")]
    [InlineData("\"rate\": 0.1", "\"rate\": 0", "schedule.rate: 0 is not allowed; use a number above 0")]
    [InlineData("\"deviation\": 0.1", "\"deviation\": -1", "network[3].initializer.deviation: -1 is not allowed; use 0 or more")]
    [InlineData("\"deviation\": [0.25]", "\"deviation\": [0]", "normalization.deviation[0]: use a number above 0")]
    [InlineData("\"classes\": 10", "\"classes\": 9", "network: the last layer gives 10 values for 9 classes; make them equal")]
    [InlineData("\"batch\": 32", "\"batch\": 0", "batch: 0 is not allowed; use 1 or more")]
    [InlineData("\"epochs\": 3", "\"epochs\": \"3\"", "epochs: \"3\" is not allowed; use a whole number")]
    [InlineData("\"stopAtLoss\": 0.01", "\"stopAtLoss\": -1", "stopAtLoss: -1 is not allowed; use 0 or more")]
    [InlineData("\"method\": \"percentile\"", "\"method\": \"best\"", "quantization.method: 'best' is not known; use one of: minMax")]
    [InlineData("\"percentile\": 99.9", "\"weightBits\": 4, \"int4\": {}", "quantization.int4: the model has weights of 4 bits already")]
    [InlineData("\"percentile\": 99.9", "\"activationBits\": 12", "quantization.activationBits: 12 is not allowed; use 8 or 16")]
    [InlineData("\"percentile\": 99.9", "\"activationBits\": 16", "quantization.activationBits: ranges of 16 bits are the whole ones")]
    [InlineData("\"percentile\": 99.9", "\"int4\": { \"drop\": -1 }", "quantization.int4.drop: -1 is not allowed")]
    [InlineData("\"name\": \"small\",", "", "name: is missing; add it")]
    [InlineData("\"seed\": 7", "\"sed\": 7", "sed: is not known here; known are: name, data")]
    [InlineData("\"input\": [28, 28, 1]", "\"input\": [28, 28]", "input: use [height, width, channels]")]
    [InlineData("\"units\": 10", "\"units\": 2000000000", "network[3]: the layer is too large for an input of 7×7×4; make it smaller")]
    [InlineData("\"filters\": 4", "\"filters\": 2000000000", "network[0]: the layer is too large for an input of 28×28×1")]
    [InlineData("\"kernel\": 2", "\"kernel\": 70000", "network[2].kernel: 70000 is not allowed; use 65536 or less")]
    [InlineData("\"input\": [28, 28, 1]", "\"input\": [60000, 60000, 1]", "network[0]: the layer is too large for an input")]
    [InlineData("\"name\": \"small\",", "\"name\" \"small\",", "line 3: ")]
    public void Refusals_say_where_what_and_what_to_do(string replaced, string by, string message)
    {
        Assert.Contains(replaced, Text, StringComparison.Ordinal);
        var refused = Assert.Throws<RecipeException>(() => Recipe.Parse(Text.Replace(replaced, by, StringComparison.Ordinal)));
        Assert.StartsWith($"recipe.json: {message}", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("")]
    public void Something_else_than_an_object_is_refused(string text) =>
        Assert.StartsWith("recipe.json: ", Assert.Throws<RecipeException>(() => Recipe.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Data_of_another_shape_is_refused()
    {
        var recipe = Recipe.Parse(Text.Replace("[28, 28, 1]", "[30, 30, 1]", StringComparison.Ordinal));
        var refused = Assert.Throws<RecipeException>(() => recipe.LoadData(null));
        Assert.Equal("input: the recipe says 30×30×1, the images are 28×28×1; change one of them", refused.Message);
    }
}
