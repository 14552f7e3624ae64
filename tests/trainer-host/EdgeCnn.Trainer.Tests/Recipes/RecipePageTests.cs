using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using EdgeCnn.Trainer.Data.Augmentations;
using EdgeCnn.Trainer.Initializers;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Losses;
using EdgeCnn.Trainer.Optimizers;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Schedules;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Recipes;

/// <summary>RECIPE.md lists exactly the kinds and settings that recipes may have.</summary>
public class RecipePageTests
{
    private static readonly (string Title, Type Family)[] Families =
    [
        ("Layers", typeof(Layer<float>)), ("Initializers", typeof(Initializer)), ("Losses", typeof(Loss<float>)),
        ("Optimizers", typeof(Optimizer<float>)), ("Schedules", typeof(Schedule)), ("Stop rules", typeof(StopRule)),
        ("Augmentation", typeof(Augmentation)),
    ];

    public static TheoryData<string> Titles => [.. Families.Select(family => family.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void The_page_lists_every_kind_with_its_settings(string title)
    {
        var kinds = KindTable.Of(Families.Single(family => family.Title == title).Family);
        Assert.Equal(kinds.Select(kind => $"| `{kind.Key}` | {SettingsOf(kind.Value)} |"), Rows(title));
    }

    [Fact]
    public void The_page_lists_the_settings_of_every_layer_and_of_regularization()
    {
        Assert.Contains($"| every layer | {SettingsOf(typeof(ParameterSettings))} |", Rows("For all layers"));
        Assert.Contains($"| `regularization` | {SettingsOf(typeof(Regularization))} |", Rows("For all layers"));
    }

    [Fact]
    public void The_page_lists_the_settings_of_quantization()
    {
        Assert.Contains($"| `quantization` | {SettingsOf(typeof(QuantizationRecipe))} |", Rows("Quantization"));
        Assert.Contains($"| `aware` | {SettingsOf(typeof(AwareRecipe))} |", Rows("Quantization"));
        Assert.Contains($"| `int4` | {SettingsOf(typeof(Int4Recipe))} |", Rows("Quantization"));
    }

    /// <summary>The first two columns of the table under a heading.</summary>
    private static IEnumerable<string> Rows(string title) => File.ReadLines(Path.Combine(
            Repository.Root, "trainer-host", "EdgeCnn.Trainer", "Recipes", "RECIPE.md"))
        .SkipWhile(line => line != $"## {title}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
        .Select(line => string.Join('|', line.Split('|')[..3]) + "|");

    /// <summary>Settings that must be given stand alone; others with their default, or a question mark.</summary>
    private static string SettingsOf(Type type) => string.Join(", ", type.GetConstructors().Single().GetParameters().Select(parameter =>
        $"`{parameter.Name}`" + (!parameter.HasDefaultValue ? "" : DefaultOf(parameter) is { Length: > 0 } text ? $" = {text}" : "?")));

    private static string DefaultOf(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => "",
    };
}
