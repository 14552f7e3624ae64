using System.Linq;
using System.Xml.Linq;
using EdgeCnn.Trainer.Report.Charts;
using Xunit;

namespace EdgeCnn.Tests.Report.Charts;

public class ChartTests
{
    [Theory]
    [InlineData(0, 1, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(0.12, 2.3, new[] { 0, 0.5, 1, 1.5, 2, 2.5 })]
    [InlineData(-3, 41, new[] { -10.0, 0, 10, 20, 30, 40, 50 })]
    [InlineData(0, 5e-4, new[] { 0, 1e-4, 2e-4, 3e-4, 4e-4, 5e-4 })]
    public void Ticks_are_round_numbers_around_all_values(double least, double most, double[] ticks)
    {
        var axis = new Axis(least, most, 5);
        Assert.Equal(ticks.Length, axis.Ticks.Count());
        Assert.All(axis.Ticks.Zip(ticks), pair => Assert.Equal(pair.Second, pair.First, 12));
        Assert.InRange(axis.Place(least), 0, axis.Place(most));
        Assert.InRange(axis.Place(most), 0, 1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    public void A_single_value_has_an_axis_too(double least, double most)
    {
        var axis = new Axis(least, most, 5, whole: true);
        Assert.Equal([least, least + 1], axis.Ticks);
    }

    [Fact]
    public void A_line_goes_through_all_points_that_are_numbers()
    {
        var picture = XElement.Parse(new LineChart("Loss").Draw(
            new Series("training", [(1, 2), (2, 1), (3, double.NaN), (4, 0)]), new Series("validation <&>", [(1, 1), (2, 3)])));
        var paths = picture.Elements("path").Select(path => (string)path.Attribute("d")!).ToArray();
        Assert.Equal(2, paths.Length);
        Assert.Equal(3, paths[0].Count(letter => letter is 'M' or 'L'));
        Assert.Equal(5, picture.Elements("circle").Count());
        Assert.Contains(picture.Elements("text"), text => text.Value == "validation <&>");
    }

    [Fact]
    public void A_chart_of_shares_ends_at_100_percent()
    {
        var picture = XElement.Parse(new LineChart("Accuracy", percent: true).Draw(new Series("training", [(1, 0.62), (2, 0.97)])));
        Assert.Equal(["60 %", "70 %", "80 %", "90 %", "100 %"], picture.Elements("text").Select(text => text.Value).Take(5));
    }

    [Fact]
    public void Nothing_to_draw_is_a_chart_without_lines() =>
        Assert.Empty(XElement.Parse(new LineChart("Loss").Draw(new Series("training", []))).Elements("path"));

    [Fact]
    public void A_confusion_matrix_has_a_cell_for_every_pair_and_a_number_for_those_that_occur()
    {
        var picture = XElement.Parse(ConfusionChart.Draw(["cat", "a long name of a dog"], [[8, 2], [0, 5]]));
        Assert.Equal(4, picture.Elements("rect").Count(rect => (string)rect.Attribute("class")! == "cell"));
        Assert.Equal(2, picture.Elements("rect").Count(rect => (string)rect.Attribute("class")! == "right"));
        Assert.Equal(["8", "2", "5"], picture.Elements("text").Select(text => text.Value).Where(text => char.IsDigit(text[0])));
        Assert.Contains(picture.Elements("text"), text => text.Value == "a long name…");
    }
}
