using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EdgeCnn.Cli.Tests.Support;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public sealed class ReportTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly JsonElement _result;
    private readonly TrainedModel _trained;
    private readonly string _page;

    public ReportTests(TrainedModel trained)
    {
        _trained = trained;
        string folder = Path.GetDirectoryName(trained.Model)!;
        Outcome outcome = Tool.Run("report", folder, "--out", _scratch.At("report.html"), "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        _result = outcome.Json;
        _page = File.ReadAllText(_scratch.At("report.html"));
    }

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_page_loads_nothing_from_anywhere()
    {
        Assert.DoesNotContain("<script", _page);
        Assert.DoesNotContain("@import", _page);
        Assert.All(
            Regex.Matches(_page, """(?:src|href)\s*=\s*"(.*?)"|url\((.*?)\)"""),
            address => Assert.StartsWith("data:", address.Groups[1].Value + address.Groups[2].Value));
    }

    [Fact]
    public void The_page_says_what_training_and_comparison_measured()
    {
        Assert.Equal(_trained.Result.GetProperty("int8Accuracy").GetDouble(), _result.GetProperty("int8Accuracy").GetDouble());
        Assert.Equal(_trained.Result.GetProperty("floatAccuracy").GetDouble(), _result.GetProperty("floatAccuracy").GetDouble());
        Assert.Equal(2, _result.GetProperty("epochs").GetInt32());
        Assert.Contains(FormattableString.Invariant($"<dd>{100 * _result.GetProperty("int8Accuracy").GetDouble():f2} %</dd>"), _page);
        int right = Regex.Matches(_page, """class="count strong".*?>(\d+)<""").Sum(count => int.Parse(count.Groups[1].Value, null));
        Assert.InRange(right, 1, SmallRecipe.TestImages);
        int mistakes = _result.GetProperty("mistakes").GetInt32();
        Assert.Equal(1 - _result.GetProperty("int8Accuracy").GetDouble(), mistakes / (double)SmallRecipe.TestImages, 1e-9);
        Assert.Equal(Math.Min(24, mistakes), Regex.Count(_page, "<figcaption>"));
        Assert.Equal(4, Regex.Count(_page, "alt=\"kernel "));
    }

    [Fact]
    public void Charts_are_pictures_of_their_own_with_their_colors()
    {
        Outcome outcome = Tool.Run(
            "report", Path.GetDirectoryName(_trained.Model)!, "--out", _scratch.At("charts.html"), "--charts", _scratch.At("charts"));
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Equal(2, Directory.GetFiles(_scratch.At("charts")).Length);
        foreach (string name in (string[])["accuracy.svg", "answers.svg"])
        {
            XElement svg = XElement.Load(_scratch.At("charts", name));
            Assert.Equal("http://www.w3.org/2000/svg", svg.Name.NamespaceName);
            string styles = svg.Elements().Single(element => element.Name.LocalName == "style").Value;
            Assert.All(
                Regex.Matches(styles, @"var\((--\w+)\)"), used => Assert.Contains($"{used.Groups[1].Value}: #", styles));
            Assert.Contains("prefers-color-scheme: dark", styles);
        }
    }

    [Fact]
    public void The_same_training_gives_the_same_page()
    {
        Assert.Equal(0, Tool.Run("report", Path.GetDirectoryName(_trained.Model)!, "--out", _scratch.At("again.html")).ExitCode);
        Assert.Equal(_page, File.ReadAllText(_scratch.At("again.html")));
    }

    [Theory]
    [InlineData(1200)]
    [InlineData(400)]
    public void A_browser_draws_it_and_has_nothing_to_complain_of(int width)
    {
        Page page = Browser.Open($"file://{_scratch.At("report.html")}", width);
        Assert.Empty(page.Console);
        Assert.Equal(3, Regex.Count(page.Document, "<path class=\"line"));
        Assert.True(page.Screenshot.Length > 20_000, "the screenshot is empty");
    }

    [Fact]
    public void A_folder_without_a_model_is_refused()
    {
        Outcome outcome = Tool.Run("report", _scratch.Folder);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("model.ecnn: there is no such file; name the folder of a finished training", outcome.Error);
    }
}
