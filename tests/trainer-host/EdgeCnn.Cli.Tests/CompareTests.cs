using System.Linq;
using System.Text.Json;
using EdgeCnn.Cli.Tests.Support;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class CompareTests(TrainedModel trained)
{
    [Fact]
    public void Every_layer_is_compared_and_close()
    {
        JsonElement result = Tool.Run("compare", trained.Model, "--json").Json;
        JsonElement[] layers = [.. result.GetProperty("layers").EnumerateArray()];
        Assert.Equal(
            ["conv2d1 + relu1", "maxPool1", "fullyConnected1", "softmax"], layers.Select(layer => layer.GetProperty("name").GetString()));
        Assert.All(layers, layer => Assert.InRange(layer.GetProperty("sqnrDb").GetDouble(), 30, 80));
        Assert.All(layers, layer => Assert.True(layer.GetProperty("maxError").GetDouble() > 0));
    }

    [Fact]
    public void Accuracies_are_those_that_training_measured()
    {
        JsonElement result = Tool.Run("compare", trained.Model, "--json").Json;
        Assert.Equal(trained.Result.GetProperty("floatAccuracy").GetDouble(), result.GetProperty("floatAccuracy").GetDouble());
        Assert.Equal(trained.Result.GetProperty("int8Accuracy").GetDouble(), result.GetProperty("int8Accuracy").GetDouble());
        Assert.Equal(SmallRecipe.TestImages, result.GetProperty("images").GetInt32());
    }

    [Fact]
    public void Fewer_images_and_another_place_of_the_float_network_can_be_asked_for()
    {
        using var scratch = new Scratch();
        string model = scratch.Write("moved.ecnn", trained.Bytes());
        JsonElement result = Tool.Run("compare", model, "--float", trained.Float, "--images", "40", "--json").Json;
        Assert.Equal(40, result.GetProperty("images").GetInt32());
    }

    [Fact]
    public void A_float_network_of_other_layers_is_refused()
    {
        using var scratch = new Scratch();
        string recipe = scratch.Write("recipe.json", SmallRecipe.With("\"filters\": 4", "\"filters\": 3"));
        Assert.Equal(0, Tool.Run("train", recipe, "--epochs", "1").ExitCode);
        Outcome outcome = Tool.Run("compare", trained.Model, "--float", scratch.At("model.ecfloat"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("operator 0 (Conv2D): the model has 1×28×28×4, the float network 28×28×3", outcome.Error);
    }

    [Fact]
    public void A_float_network_of_another_training_is_refused()
    {
        using var scratch = new Scratch();
        string recipe = scratch.Write("recipe.json", SmallRecipe.With("\"filters\": 4", "\"filters\": 4"));
        Assert.Equal(0, Tool.Run("train", recipe, "--epochs", "1", "--seed", "99").ExitCode);
        Outcome outcome = Tool.Run("compare", trained.Model, "--float", scratch.At("model.ecfloat"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("another training", outcome.Error);
    }
}
