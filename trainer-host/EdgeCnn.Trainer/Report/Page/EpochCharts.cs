using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeCnn.Trainer.Report.Charts;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Report.Page;

/// <summary>The curves of a training over its epochs: loss, accuracy and learning rate.</summary>
/// <param name="history">The epochs done.</param>
/// <param name="now">Where the epoch under way is; null when none is.</param>
public sealed class EpochCharts(IReadOnlyList<EpochResult> history, TrainingProgress? now = null)
{
    /// <summary>Colors for a picture that stands alone, on a page of whatever color.</summary>
    private const string Style =
        ".chart{font:12px sans-serif}.chart text{fill:#5f6b7a}.chart .title{font-weight:600}.chart .grid{stroke:#e2e6ec}"
        + ".chart .axis{stroke:#5f6b7a}.chart .line{fill:none;stroke-width:2;stroke-linejoin:round}.chart .series0{stroke:#2563eb}"
        + ".chart .series1{stroke:#d9480f}.chart .dot{stroke:none}.chart .dot.series0{fill:#2563eb}.chart .dot.series1{fill:#d9480f}";

    private Series[] Loss => Seen(Training(epoch => epoch.Loss, now?.Loss), Validation(epoch => epoch.ValidationLoss));

    private Series[] Accuracy => Seen(Training(epoch => epoch.Accuracy, now?.Accuracy), Validation(epoch => epoch.ValidationAccuracy));

    /// <summary>The charts, each in a box.</summary>
    public string Draw() =>
        Box(new LineChart("Loss"), Loss)
        + Html.Section("Accuracy", DrawAccuracy())
        + Box(new LineChart("Learning rate"), Seen(Training(epoch => epoch.Rate, now?.Rate)));

    /// <summary>The accuracy alone, as SVG.</summary>
    public string DrawAccuracy() => new LineChart("Accuracy", percent: true).Draw(Accuracy);

    /// <summary>Loss and accuracy side by side, as an SVG file.</summary>
    public string Picture() => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{2 * LineChart.Width}" height="{LineChart.Height}">
        <style>{Style}</style>
        <rect width="100%" height="100%" fill="#fff"/>
        {new LineChart("Loss") { Place = 0 }.Draw(Loss)}{new LineChart("Accuracy", percent: true) { Place = LineChart.Width }.Draw(Accuracy)}</svg>

        """);

    private static Series[] Seen(params Series[] series) => [.. series.Where(line => line.Points.Count > 0)];

    private static string Box(LineChart chart, Series[] series) => Html.Section(chart.Title, chart.Draw(series));

    /// <summary>A value at the end of every epoch, and that of the moment.</summary>
    private Series Training(Func<EpochResult, double> value, double? ofNow)
    {
        var done = history.Select(epoch => ((double)epoch.Epoch, value(epoch)));
        return new Series("training", [.. ofNow is { } last ? done.Append((now!.Value.EpochsDone, last)) : done]);
    }

    private Series Validation(Func<EpochResult, double?> value) => new(
        "validation", [.. history.Where(epoch => value(epoch) is not null).Select(epoch => ((double)epoch.Epoch, value(epoch)!.Value))]);
}
