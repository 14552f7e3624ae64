using System;
using System.Collections.Generic;
using System.Globalization;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Report.Page;

/// <summary>
/// A page that follows a training: its script takes events from the address <c>events</c> beside it; <c>now</c> brings what
/// <see cref="Now"/> gives, <c>end</c> a last word.
/// </summary>
public static class LivePage
{
    /// <summary>The whole page, as it is at the moment.</summary>
    /// <param name="name">Name of the recipe.</param>
    /// <param name="now">What <see cref="Now"/> gives.</param>
    public static string Write(string name, string now) => Html.Document(
        $"{name}, training",
        $"<h1>{Html.Escape(name)}</h1>\n<p id=\"state\">training</p>\n<div id=\"live\">\n{now}</div>\n",
        Html.Resource("live.js"));

    /// <summary>The numbers and charts of the moment.</summary>
    /// <param name="history">The epochs done.</param>
    /// <param name="now">The last report; null before the first mini-batch.</param>
    public static string Now(IReadOnlyList<EpochResult> history, TrainingProgress? now)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (now is not { } at)
            return "<p>No mini-batch is done yet.</p>\n";
        var isWithinEpoch = history.Count < at.Epoch;
        var charts = new EpochCharts(history, isWithinEpoch ? at : null).Draw();
        var done = (at.EpochsDone / at.Epochs).ToString("f4", CultureInfo.InvariantCulture);
        return $"<progress value=\"{done}\"></progress>\n{Facts(at)}<div class=\"cards\">\n{charts}</div>\n";
    }

    private static string Facts(TrainingProgress now) => Html.Facts(
        ("epoch", Text($"{now.Epoch} of {now.Epochs}")),
        ("loss", Text($"{now.Loss:f4}")),
        ("accuracy", Text($"{100 * now.Accuracy:f2} %")),
        ("rate", Text($"{now.Rate:g3}")),
        ("samples a second", Text($"{now.SamplesPerSecond:n0}")),
        ("time left", now.TimeLeftText));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
