using System;
using System.Collections.Generic;
using EdgeCnn.Trainer.Report.Charts;

namespace EdgeCnn.Trainer.Report.Page;

/// <summary>Charts of a report as SVG files of their own, light or dark as the page that shows them.</summary>
public static class ReportCharts
{
    private const string Begin = "<svg ";
    private const string Root = "<svg xmlns=\"http://www.w3.org/2000/svg\" font-family=\"system-ui, sans-serif\" ";

    private const string Accuracy = "accuracy.svg", Answers = "answers.svg";

    /// <summary>Names of the files.</summary>
    public static string[] Names => [Accuracy, Answers];

    /// <summary>The files; no accuracy without epochs.</summary>
    public static IEnumerable<(string Name, string Svg)> Of(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.History.Count > 0)
            yield return (Accuracy, Alone(new EpochCharts(report.History).DrawAccuracy()));
        yield return (Answers, Alone(ConfusionChart.Draw(report.Images.Classes, report.Answers.Counts)));
    }

    /// <summary>A chart with the colors that a page gives it.</summary>
    private static string Alone(string chart)
    {
        var afterTag = chart.IndexOf('>') + 1;
        return $"{Root}{chart[Begin.Length..afterTag]}\n<style>\n{Html.ChartStyles()}</style>{chart[afterTag..]}";
    }
}
