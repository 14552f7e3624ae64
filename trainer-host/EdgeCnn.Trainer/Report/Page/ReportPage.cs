using System;
using System.Globalization;
using System.Linq;
using System.Text;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Report.Charts;

namespace EdgeCnn.Trainer.Report.Page;

/// <summary>A finished training as one HTML file that needs nothing else.</summary>
public static class ReportPage
{
    private const int MostMistakes = 24;

    /// <summary>The page.</summary>
    public static string Write(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var model = EdgeModel.Open(report.Model);
        var cards = new StringBuilder();
        if (report.History.Count > 0)
            cards.Append(new EpochCharts(report.History).Draw());
        cards.Append(Html.Section("Answers", ConfusionChart.Draw(report.Images.Classes, report.Answers.Counts)));
        cards.Append(Mistakes(report)).Append(Kernels(report)).Append(Layers(report, model));
        cards.Append(Html.Section("Memory", $"<div class=\"scroll plan\">{MemoryPlanPicture.Draw(model)}</div>\n", "wide"));
        cards.Append(Recipe(report));
        return Html.Document(
            report.Saved.Recipe.Name,
            $"<h1>{Html.Escape(report.Saved.Recipe.Name)}</h1>\n{Facts(report, model)}<div class=\"cards\">\n{cards}</div>\n");
    }

    private static string Facts(RunReport report, EdgeModel model) => Html.Facts(
        ($"accuracy, {report.Integers}", Text($"{100 * report.Comparison.Int8Accuracy:f2} %")),
        ("accuracy, float", Text($"{100 * report.Comparison.FloatAccuracy:f2} %")),
        ("unseen images", Text($"{report.Images.Count:n0}")),
        ("model file, bytes", Text($"{model.Info.FileBytes:n0}")),
        ("arena, bytes", Text($"{model.Info.ArenaBytes:n0}")),
        ("MACs an image", Text($"{model.Operators.Sum(op => op.Macs):n0}")),
        ("parameters", Text($"{report.Saved.Network.ParameterCount:n0}")));

    private static string Mistakes(RunReport report)
    {
        var images = report.Images;
        var mistakes = report.Answers.Mistakes;
        var figures = new StringBuilder();
        if (images.Shape is { IsVolume: false, Channels: 1 or 3 })
        {
            foreach (var mistake in mistakes.Take(MostMistakes))
            {
                string answer = images.Classes[mistake.Answer], truth = images.Classes[images.Labels[mistake.Image]];
                figures.Append(Picture(
                    PngPicture.Address(images.Shape, images.Image(mistake.Image)), Text($"image {mistake.Image}"),
                    $"<b>{Html.Escape(answer)}</b> not {Html.Escape(truth)}"));
            }
        }

        return Html.Section(
            "Worst mistakes",
            Text($"<p>{mistakes.Count:n0} of {images.Count:n0} are answered wrong; the ones it is surest of come first.</p>\n")
            + $"<div class=\"pictures\">\n{figures}</div>\n", "double");
    }

    private static string Kernels(RunReport report)
    {
        var kernels = KernelPictures.Of(report.Saved.Network);
        if (kernels.Count == 0)
            return "";
        var figures = string.Concat(kernels.Select((address, i) => Picture(address, Text($"kernel {i}"), "")));
        return Html.Section(
            "First layer's kernels",
            $"<p>Gray is 0, white and black are the largest weights of a kernel.</p>\n<div class=\"pictures kernels\">\n{figures}</div>\n",
            "wide");
    }

    private static string Layers(RunReport report, EdgeModel model)
    {
        const double MostDecibels = 60, BarWidth = 120;
        var rows = new StringBuilder();
        foreach (var (layer, op) in report.Comparison.Layers.Zip(model.Operators))
        {
            var width = Math.Clamp((layer.SqnrDb ?? 0) / MostDecibels, 0, 1) * BarWidth;
            var noise = layer.SqnrDb is { } decibels
                ? Text($"<span class=\"bar\" style=\"width:{width:f0}px\"></span>{decibels:f1} dB")
                : "no noise";
            rows.Append(Text($"<tr><td>{op.Index}</td><td>{Html.Escape(op.Name)}</td><td>{Html.Escape(layer.Name)}</td>"))
                .Append(Text($"<td>{string.Join('×', op.Output.Shape)}</td><td class=\"number\">{op.Macs:n0}</td>"))
                .Append(Text($"<td class=\"number\">{op.WeightBytes:n0}</td><td>{noise}</td></tr>\n"));
        }

        return Html.Section(
            "Operators",
            "<p>The last column is the signal to quantization noise of fixed point against float, with the noise of all operators before."
            + " 6 dB are one bit.</p>\n<div class=\"scroll\"><table>\n<tr><th></th><th>operator</th><th>float layers</th><th>output</th>"
            + "<th class=\"number\">MACs</th><th class=\"number\">weight bytes</th><th>SQNR</th></tr>\n" + rows + "</table></div>\n",
            "wide");
    }

    private static string Recipe(RunReport report) => Html.Section(
        "", $"<details><summary>Recipe</summary><pre>{Html.Escape(report.Saved.Recipe.Text)}</pre></details>\n", "wide");

    private static string Picture(string address, string description, string caption) =>
        $"<figure><img src=\"{address}\" alt=\"{description}\" title=\"{description}\">"
        + $"{(caption.Length > 0 ? $"<figcaption>{caption}</figcaption>" : "")}</figure>\n";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
