using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Recipes;

/// <summary>
/// Reads a recipe's list of layers. Each layer reads the one before it, unless it says <c>"input": "name"</c> or
/// <c>"inputs": ["name", …]</c>; a layer's name is what <c>"name"</c> says, or its kind and a number. A residual block is
/// <c>{ "kind": "residual", "body": [ … ], "shortcut": [ … ] }</c>: the sum of what the two lists make of the block's input; without a
/// shortcut the input itself is added.
/// </summary>
internal sealed class NetworkReader<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const string Residual = "residual";
    private static readonly string[] Members = ["name", "input", "inputs"];
    private readonly NetworkBuilder<T> _builder = new();

    private NetworkReader()
    {
    }

    /// <summary>The layers that <paramref name="node"/>, a list, describes.</summary>
    public static NetworkBuilder<T> Read(RecipeNode node)
    {
        var reader = new NetworkReader<T>();
        reader.ReadAll(node, NetworkBuilder<T>.NetworkInput);
        return reader._builder;
    }

    /// <summary>Adds a list of layers, the first of which reads <paramref name="input"/>, and returns the number of the last.</summary>
    private int ReadAll(RecipeNode node, int input) => node.Items.Aggregate(input, (last, item) => ReadOne(item, last));

    private int ReadOne(RecipeNode node, int before)
    {
        var isObject = node.Type == JsonValueKind.Object;
        var inputs = isObject ? Inputs(node, before) : [before];
        var name = isObject && node.Find("name") is { } given ? Name(given) : "";
        Layer<T> layer;
        if (isObject && node["kind"].Text == Residual)
        {
            node.AllowOnly(["kind", "body", "shortcut", .. Members]);
            if (inputs.Count != 1)
                throw node["inputs"].Refuse("a residual block reads one layer; name one");
            if (node["body"].Items.Count == 0)
                throw node["body"].Refuse("the block is empty; add a layer");
            var body = ReadAll(node["body"], inputs[0]);
            inputs = [body, node.Find("shortcut") is { } shortcut ? ReadAll(shortcut, inputs[0]) : inputs[0]];
            layer = new Add<T>();
        }
        else
        {
            layer = KindReader.Read<Layer<T>>(node, Members, [Residual]);
        }

        layer.Name = name;
        return _builder.Add(layer, inputs, node.Path);
    }

    private IReadOnlyList<int> Inputs(RecipeNode node, int before)
    {
        if (node.Find("input") is { } one)
            return node.Find("inputs") is { } both ? throw both.Refuse("\"input\" is given too; use one of them") : [Number(one)];
        if (node.Find("inputs") is not { } several)
            return [before];
        return several.Items.Count > 0 ? [.. several.Items.Select(Number)] : throw several.Refuse("the list is empty; name a layer");
    }

    private int Number(RecipeNode name) => _builder.Find(name.Text)
        ?? throw name.Refuse($"no layer before this one is called '{name.Text}'; give one this name");

    private static string Name(RecipeNode name) => name.Text is { Length: > 0 and <= 100 } text && !text.Any(char.IsControl)
        ? text
        : throw name.Refuse("use 1 to 100 printable characters");
}
