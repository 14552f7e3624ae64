using System.Linq;
using System.Text.Json;
using EdgeCnn.Cli.Tests.Support;
using EdgeCnn.Managed;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class InspectTests(TrainedModel trained)
{
    [Fact]
    public void The_document_has_the_sizes_and_the_identity_that_the_file_states()
    {
        using EdgeModel model = EdgeModel.Open(trained.Model);
        JsonElement result = Tool.Run("inspect", trained.Model, "--json").Json;
        Assert.Equal(model.Info.FileBytes, result.GetProperty("fileBytes").GetInt32());
        Assert.Equal(model.Info.WeightBytes, result.GetProperty("weightBytes").GetInt32());
        Assert.Equal(model.Info.ArenaBytes, result.GetProperty("arenaBytes").GetInt32());
        Assert.Equal(0, result.GetProperty("learningBytes").GetInt32());
        Assert.Equal(28 * 28 * 4 * 25 + 7 * 7 * 4 * 10, result.GetProperty("macs").GetInt64());
        Assert.Equal(model.Info.ModelId, result.GetProperty("modelId").GetString());
        Assert.True(result.GetProperty("isIntact").GetBoolean());
        Assert.Equal("small", result.GetProperty("meta").GetProperty("name").GetString());
        Assert.Equal(["Operators", "Tensors", "IO", "Requant", "Weights", "Test", "Meta"],
            result.GetProperty("sections").EnumerateArray().Select(section => section.GetProperty("name").GetString()));
    }

    [Fact]
    public void Operators_have_index_name_shapes_and_work()
    {
        JsonElement[] operators = [.. Tool.Run("inspect", "--json", trained.Model).Json.GetProperty("operators").EnumerateArray()];
        Assert.Equal(["Conv2D", "MaxPool", "FullyConnected", "Softmax"], operators.Select(op => op.GetProperty("name").GetString()));
        Assert.Equal([0, 1, 2, 3], operators.Select(op => op.GetProperty("index").GetInt32()));
        Assert.Equal([1, 28, 28, 1], Shape(operators[0], "inputShape"));
        Assert.Equal([1, 28, 28, 4], Shape(operators[0], "outputShape"));
        Assert.Equal(28 * 28 * 4 * 25, operators[0].GetProperty("macs").GetInt64());
        Assert.Equal([1, 10], Shape(operators[3], "outputShape"));
    }

    [Fact]
    public void Inputs_and_outputs_have_shapes_quantization_and_labels()
    {
        JsonElement result = Tool.Run("inspect", trained.Model, "--json").Json;
        JsonElement input = result.GetProperty("inputs")[0], output = result.GetProperty("outputs")[0];
        Assert.Equal([1, 28, 28, 1], Shape(input, "shape"));
        Assert.True(input.GetProperty("takesPixels").GetBoolean());
        Assert.Equal(1 / 256.0, output.GetProperty("scale").GetDouble());
        Assert.Equal(-128, output.GetProperty("zeroPoint").GetInt32());
        Assert.Equal(10, output.GetProperty("labels").GetArrayLength());
    }

    [Fact]
    public void Text_names_every_operator()
    {
        string text = Tool.Run("inspect", trained.Model).Output;
        Assert.All(["Conv2D", "MaxPool", "FullyConnected", "Softmax", "(intact)"], word => Assert.Contains(word, text));
    }

    private static int[] Shape(JsonElement element, string key) =>
        [.. element.GetProperty(key).EnumerateArray().Select(side => side.GetInt32())];
}
