using System;
using System.Linq;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Recipes;

/// <summary>How a recipe says which layer reads which.</summary>
public class GraphRecipeTests
{
    private const string Text = """
        {
          "name": "graph", "data": "drawnDigits", "input": [28, 28, 1], "classes": 10,
          "loss": "softmaxCrossEntropy", "optimizer": "sgd", "schedule": { "kind": "fixed", "rate": 0.1 },
          "network": [
            { "kind": "conv2d", "name": "stem", "filters": 4, "kernel": 3, "stride": 2 },
            { "kind": "residual",
              "body": [{ "kind": "conv2d", "filters": 6, "kernel": 3, "padding": 1 }, "batchNorm"],
              "shortcut": [{ "kind": "conv2d", "filters": 6, "kernel": 1 }] },
            { "kind": "relu", "name": "block" },
            { "kind": "residual", "name": "sum", "body": [{ "kind": "conv2d", "filters": 6, "kernel": 3, "padding": 1 }] },
            { "kind": "maxPool", "kernel": 28, "input": "input", "name": "brightest" },
            { "kind": "averagePool", "kernel": 13, "input": "sum" },
            { "kind": "concatenate", "inputs": ["averagePool1", "brightest"] },
            { "kind": "fullyConnected", "units": 10 },
          ],
        }
        """;

    [Fact]
    public void Layers_read_the_one_before_or_those_they_name()
    {
        var network = Recipe.Parse(Text).CreateNetwork<float>();
        Assert.Equal(
            [
                "stem", "conv2d2", "batchNorm1", "conv2d3", "add1", "block", "conv2d4", "sum", "brightest", "averagePool1", "concatenate1",
                "fullyConnected1",
            ],
            network.Layers.Select(layer => layer.Name));
        string[] inputs = [.. Enumerable.Range(0, network.Layers.Count).Select(i => string.Join(' ', network.Wiring.InputsOf(i)))];
        Assert.Equal(["-1", "0", "1", "0", "2 3", "4", "5", "6 5", "-1", "7", "9 8", "10"], inputs);
        Assert.Equal([new Reading(6, 0), new Reading(7, 1)], network.Wiring.ReadingsOf(5));
        Assert.Equal(Shape.Vector(7), network.Layers[10].Output);
    }

    [Theory]
    [InlineData("\"filters\": 6, \"kernel\": 1", "\"filters\": 5, \"kernel\": 1",
        "network[1].inputs: 13×13×6 and 13×13×5 can't be added; a convolution can make them equal")]
    [InlineData("\"filters\": 6, \"kernel\": 1", "\"filters\": 6, \"kernel\": 20", "network[1].shortcut[0].kernel: 20×20 does not fit")]
    [InlineData("\"filters\": 6, \"kernel\": 1", "\"filters\": 0, \"kernel\": 1", "network[1].shortcut[0].filters: 0 is not allowed")]
    [InlineData("\"input\": \"sum\"", "\"input\": \"some\"", "network[5].input: no layer before this one is called 'some'")]
    [InlineData("\"input\": \"sum\"", "\"input\": \"fullyConnected1\"", "network[5].input: no layer before this one is called")]
    [InlineData("\"input\": \"sum\"", "\"input\": \"sum\", \"inputs\": [\"sum\"]", "network[5].inputs: \"input\" is given too; use one")]
    [InlineData("\"input\": \"sum\"", "\"inputs\": [\"sum\", \"sum\"]", "network[5].inputs: averagePool reads one input, not 2; name one")]
    [InlineData("\"inputs\": [\"averagePool1\", \"brightest\"]", "\"inputs\": []", "network[6].inputs: the list is empty; name a layer")]
    [InlineData("\"inputs\": [\"averagePool1\", \"brightest\"]", "\"input\": \"brightest\"",
        "network[5]: no layer reads averagePool1; name it as an input of one, or remove it")]
    [InlineData("\"inputs\": [\"averagePool1\", \"brightest\"]", "\"inputs\": [\"sum\", \"brightest\"]", "network[5]: no layer reads")]
    [InlineData("\"name\": \"block\"", "\"name\": \"stem\"", "network[2].name: 'stem' is taken; use another")]
    [InlineData("\"name\": \"block\"", "\"name\": \"input\"", "network[2].name: 'input' is taken; use another")]
    [InlineData("\"name\": \"block\"", "\"name\": \"\"", "network[2].name: use 1 to 100 printable characters")]
    [InlineData("\"body\": [{ \"kind\": \"conv2d\", \"filters\": 6, \"kernel\": 3, \"padding\": 1 }] }", "\"body\": [] }",
        "network[3].body: the block is empty; add a layer")]
    [InlineData("\"name\": \"sum\", \"body\"", "\"name\": \"sum\", \"main\"", "network[3].main: is not known here; known are: kind, body")]
    [InlineData("\"kind\": \"averagePool\"", "\"kind\": \"poolAverage\"", "network[5].kind: 'poolAverage' is not known; use one of: add")]
    public void Refusals_say_where_what_and_what_to_do(string replaced, string by, string message)
    {
        Assert.Contains(replaced, Text, StringComparison.Ordinal);
        var refused = Assert.Throws<RecipeException>(() => Recipe.Parse(Text.Replace(replaced, by, StringComparison.Ordinal)));
        Assert.StartsWith($"recipe.json: {message}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_of_kinds_has_the_residual_block()
    {
        var refused = Assert.Throws<RecipeException>(() => Recipe.Parse(Text.Replace("\"relu\"", "\"rely\"", StringComparison.Ordinal)));
        Assert.EndsWith(", residual", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_do_not_count_as_parameters_that_training_changes()
    {
        var network = new Network<float>(Shape.Vector(4), [new BatchNorm<float>(), new FullyConnected<float>(2)]);
        Assert.Equal(8 + 10, network.ParameterCount);
    }
}
