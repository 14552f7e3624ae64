using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using EdgeCnn.Managed;

namespace EdgeCnn.Trainer.Report;

/// <summary>What a card says besides what the model files themselves do.</summary>
/// <param name="Name">Name of the recipe.</param>
/// <param name="Command">The command that makes the models and this card again.</param>
/// <param name="TestImages">Number of test images, none of them trained with.</param>
/// <param name="TrainingImages">Number of training images.</param>
/// <param name="Float">The float network.</param>
/// <param name="Models">The models made of it; the first one's operators are listed.</param>
public sealed record CardFacts(
    string Name, string Command, int TestImages, int TrainingImages, CardFloat Float, IReadOnlyList<CardModel> Models)
{
    /// <summary>What the seconds were measured on.</summary>
    public string Machine { get; init; } = "";

    /// <summary>Name of a picture of the learning curve beside the card; null: there is none.</summary>
    public string? Curve { get; init; }
}

/// <summary>A float network on a card.</summary>
/// <param name="Accuracy">Share of the test images that it classifies right, 0 … 1.</param>
/// <param name="Epochs">Passes over the training images.</param>
/// <param name="Seconds">How long they took; null when nobody knows.</param>
public sealed record CardFloat(double Accuracy, int Epochs, double? Seconds);

/// <summary>A model on a card.</summary>
/// <param name="File">Name of its file, beside the card.</param>
/// <param name="Model">The model.</param>
/// <param name="Accuracy">Share of the test images that it classifies right, 0 … 1.</param>
/// <param name="AwareEpochs">Epochs of quantization-aware training after those of the float network.</param>
/// <param name="AwareSeconds">How long they took; null when nobody knows.</param>
public sealed record CardModel(string File, EdgeModel Model, double Accuracy, int AwareEpochs, double? AwareSeconds);

/// <summary>
/// A page about a model: how it was made, what it reaches, what it needs. One row, that of <see cref="TimeRow"/>, was measured by the
/// clock; all else the same training writes again.
/// </summary>
public static class ModelCard
{
    /// <summary>How the row of times begins.</summary>
    public const string TimeRow = "| seconds to train";

    /// <summary>The page as Markdown.</summary>
    public static string Write(CardFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var page = new StringBuilder();
        void Line(FormattableString text) => page.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
        void Row(string what, string ofFloat, Func<CardModel, FormattableString> ofModel) => Line(
            $"| {what} | {ofFloat} | {string.Join(" | ", facts.Models.Select(model => FormattableString.Invariant(ofModel(model))))} |");
        EdgeModel first = facts.Models[0].Model;
        Line($"# {facts.Name}");
        Line($"");
        Line($"Made, together with this page, by");
        Line($"");
        Line($"    {facts.Command}");
        Line($"");
        Row("", "float", model => $"{IntegerKind.Of(model.Model)}");
        Line($"|---|---:|{string.Concat(facts.Models.Select(_ => "---:|"))}");
        Row($"accuracy, {Number(facts.TestImages)} unseen images", Percent(facts.Float.Accuracy), model => $"{Percent(model.Accuracy)}");
        Row(
            $"epochs, {Number(facts.TrainingImages)} images", Number(facts.Float.Epochs),
            model => $"{(model.AwareEpochs > 0 ? $"{model.AwareEpochs} more, quantization-aware" : "")}");
        if (facts.Float.Seconds is { } seconds)
            Row($"{TimeRow[2..]}, {facts.Machine}", $"{seconds.ToString("f1", CultureInfo.InvariantCulture)}", AwareSeconds);
        Row("file", "", model => $"[{model.Model.Info.FileBytes:n0} bytes]({model.File})");
        Row("weights in it", "", model => $"{model.Model.Info.WeightBytes:n0} bytes");
        Row("arena", "", model => $"{model.Model.Info.ArenaBytes:n0} bytes of RAM");
        Row("model id", "", model => $"`{model.Model.Info.ModelId}`");
        Line($"");
        Line($"{first.Operators.Sum(op => op.Macs):n0} multiply-accumulates an image.");
        Line($"");
        if (facts.Curve is { } curve)
        {
            Line($"![Loss and accuracy of the training images over the epochs]({curve})");
            Line($"");
        }
        Line($"| operator | input | output | MACs | weights |");
        Line($"|---|---|---|---:|---:|");
        foreach (OperatorInfo op in first.Operators)
            Line($"| {op.Name} | {string.Join('×', op.Input.Shape)} | {string.Join('×', op.Output.Shape)} | {op.Macs:n0} | {op.WeightBytes:n0} |");
        return page.ToString();
    }

    private static FormattableString AwareSeconds(CardModel model) =>
        $"{(model.AwareEpochs > 0 ? $"{model.AwareSeconds?.ToString("f1", CultureInfo.InvariantCulture)} more" : "")}";

    private static string Number(int value) => value.ToString("n0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:f2} %");
}
