using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Report.Charts;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Report.Page;

/// <summary>The curves of a training over its epochs: loss, accuracy and learning rate.</summary>
/// <param name="history">The epochs done.</param>
/// <param name="now">Where the epoch under way is; null when none is.</param>
internal sealed class EpochCharts(IReadOnlyList<EpochResult> history, TrainingProgress? now = null)
{
    /// <summary>The charts, each in a box.</summary>
    public string Draw() =>
        Box(new LineChart("Loss"), Training(epoch => epoch.Loss, now?.Loss), Validation(epoch => epoch.ValidationLoss))
        + Html.Section("Accuracy", DrawAccuracy())
        + Box(new LineChart("Learning rate"), Training(epoch => epoch.Rate, now?.Rate));

    /// <summary>The accuracy alone, as SVG.</summary>
    public string DrawAccuracy() => Draw(
        new LineChart("Accuracy", percent: true), Training(epoch => epoch.Accuracy, now?.Accuracy),
        Validation(epoch => epoch.ValidationAccuracy));

    private static string Box(LineChart chart, params Series[] series) => Html.Section(chart.Title, Draw(chart, series));

    private static string Draw(LineChart chart, params Series[] series) =>
        chart.Draw([.. series.Where(line => line.Points.Count > 0)]);

    /// <summary>A value at the end of every epoch, and that of the moment.</summary>
    private Series Training(Func<EpochResult, double> value, double? ofNow)
    {
        var done = history.Select(epoch => ((double)epoch.Epoch, value(epoch)));
        return new Series("training", [.. ofNow is { } last ? done.Append((now!.Value.EpochsDone, last)) : done]);
    }

    private Series Validation(Func<EpochResult, double?> value) => new(
        "validation", [.. history.Where(epoch => value(epoch) is not null).Select(epoch => ((double)epoch.Epoch, value(epoch)!.Value))]);
}
