using System;
using System.Globalization;
using System.Linq;
using System.Text;
using EdgeCnn.Managed;

namespace EdgeCnn.Trainer.Report;

/// <summary>What a model's card says besides what the model file itself does.</summary>
/// <param name="Name">Name of the recipe.</param>
/// <param name="Command">The command that makes the model and this card again.</param>
/// <param name="FloatAccuracy">Share of the test images that the float network classifies right, 0 … 1.</param>
/// <param name="Int8Accuracy">The same of the model file.</param>
/// <param name="TestImages">Number of test images, none of them trained with.</param>
/// <param name="TrainingImages">Number of training images.</param>
/// <param name="Epochs">Passes over them.</param>
public sealed record CardFacts(
    string Name, string Command, double FloatAccuracy, double Int8Accuracy, int TestImages, int TrainingImages, int Epochs);

/// <summary>A page about a model: how it was made, what it reaches, what it needs. No times, so the same training writes the same card.</summary>
public static class ModelCard
{
    /// <summary>The page as Markdown.</summary>
    public static string Write(CardFacts facts, EdgeModel model)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(model);
        var page = new StringBuilder();
        void Line(FormattableString text) => page.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Line($"# {facts.Name}");
        Line($"");
        Line($"Made, together with this page, by");
        Line($"");
        Line($"    {facts.Command}");
        Line($"");
        Line($"| | |");
        Line($"|---|---|");
        Line($"| accuracy, float | {100 * facts.FloatAccuracy:f2} % of {facts.TestImages:n0} unseen images |");
        Line($"| accuracy, int8 | {100 * facts.Int8Accuracy:f2} % |");
        Line($"| trained with | {facts.TrainingImages:n0} images, {facts.Epochs} epochs |");
        Line($"| file | {model.Info.FileBytes:n0} bytes, of them {model.Info.WeightBytes:n0} weights |");
        Line($"| arena | {model.Info.ArenaBytes:n0} bytes of RAM |");
        Line($"| work | {model.Operators.Sum(op => op.Macs):n0} multiply-accumulates an image |");
        Line($"| model id | `{model.Info.ModelId}` |");
        Line($"");
        Line($"| operator | input | output | MACs | weights |");
        Line($"|---|---|---|---:|---:|");
        foreach (OperatorInfo op in model.Operators)
            Line($"| {op.Name} | {string.Join('×', op.Input.Shape)} | {string.Join('×', op.Output.Shape)} | {op.Macs:n0} | {op.WeightBytes:n0} |");
        return page.ToString();
    }
}
