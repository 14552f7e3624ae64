using System.Globalization;
using EdgeCnn.Cli.Results;
using EdgeCnn.Trainer.Learning;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>plan-learning</c> says.</summary>
internal static class PlanText
{
    /// <summary>A measurement as a line of progress.</summary>
    public static string Line(LayerGain gain) => string.Create(
        CultureInfo.InvariantCulture, $"layer {gain.Operator}: the loss falls by {gain.Gain:f4} in {gain.Bytes:n0} bytes");

    public static void Write(IAnsiConsole console, PlanResult result)
    {
        if (result.Gains.Count > 0)
        {
            Columns.Write<LayerGain>(
                console, result.Gains,
                new("#", gain => LearningText.Number(gain.Operator), true),
                new("loss falls by", gain => gain.Gain.ToString("f4", CultureInfo.InvariantCulture), true),
                new("takes", gain => LearningText.Number(gain.Bytes), true));
            console.WriteLine();
        }
        LearningText.WriteLayers(console, result.Memory);
        console.WriteLine();
        Facts.Write(
            console,
            ("model", result.ModelPath),
            ("id", result.ModelId),
            ("file", $"{LearningText.Number(result.FileBytes)} bytes"),
            ("inference", $"{LearningText.Number(result.Memory.InferenceBytes)} bytes of RAM"),
            ("persistent", $"{LearningText.Number(result.Memory.LastingBytes)} bytes: weights, fractions, biases, what is kept of a run"),
            ("transient", $"{LearningText.Number(result.Memory.PassingBytes)} bytes beyond inference: errors and sums on the way back"),
            ("total", LearningText.Number(result.Memory.TotalBytes) + (result.Sram is { } sram ? $" of {LearningText.Number(sram)} bytes" : " bytes")));
    }
}
