using System.Linq;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Tests.Support;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Pi.Tests;

/// <summary>What the examples' pages set.</summary>
public sealed class ExamplePageTests
{
    public static TheoryData<string> Examples => [.. DocumentPage.Examples];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_setting_of_an_example_makes_sense(string page)
    {
        DocumentPage example = DocumentPage.Open(page);
        foreach (string[] arguments in example.Commands("edgecnn-pi")) SettingsLoader.Load(arguments);
        using var scratch = new Scratch();
        foreach (string settings in example.Blocks("json"))
            SettingsLoader.Load([$"--config={scratch.Write("settings.json", System.Text.Encoding.UTF8.GetBytes($"{{ {settings} }}"))}"]);
    }

    [Fact]
    public void Two_examples_are_about_this_program() =>
        Assert.Equal(2, DocumentPage.Examples.Count(page => DocumentPage.Open(page).Commands("edgecnn-pi").Any()));
}
