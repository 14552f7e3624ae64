using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Recipes;
using Xunit;

namespace EdgeCnn.Tests.Data;

/// <summary>The page about data sources and the code say the same.</summary>
public sealed partial class SourcesPageTests
{
    private static readonly string Page =
        File.ReadAllText(Path.Combine(Repository.Root, "trainer-host", "EdgeCnn.Trainer", "Data", "SOURCES.md"));

    public static TheoryData<string> Examples => [.. Example().Matches(Page).Select(match => match.Groups[1].Value)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_the_beginning_of_a_recipe(string example)
    {
        var rest = """
            , "name": "x", "network": [{ "kind": "fullyConnected", "units": 10 }], "loss": "softmaxCrossEntropy", "optimizer": "sgd",
            "schedule": { "kind": "fixed", "rate": 0.1 } }
            """;
        var recipe = Recipe.Parse(example.TrimEnd()[..^1] + rest);
        Assert.Equal(10, recipe.Classes.Count);
    }

    [Fact]
    public void Every_kind_has_its_line_with_all_its_settings()
    {
        foreach (var (kind, type) in KindTable.Of(typeof(DataSource)))
        {
            var line = Page.Split('\n').Single(text => text.StartsWith($"| `{kind}` |", StringComparison.Ordinal));
            foreach (var parameter in type.GetConstructors().Single().GetParameters())
                Assert.Contains($"`{parameter.Name}`", line, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
