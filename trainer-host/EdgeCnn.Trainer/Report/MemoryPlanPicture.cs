using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using EdgeCnn.Managed;

namespace EdgeCnn.Trainer.Report;

/// <summary>
/// A model's memory plan as a picture (SVG): time from left to right, a column per operator; arena addresses from bottom to top; a
/// box for every tensor and scratch area, as long as it lives and as high as it is large.
/// </summary>
public static class MemoryPlanPicture
{
    private const int Column = 112, Height = 360, Left = 64, Top = 28, Bottom = 44;

    /// <summary>What a box is, and its color.</summary>
    private static readonly Dictionary<string, string> Colors = new(StringComparer.Ordinal)
    {
        ["input"] = "#9ecae1",
        ["activation"] = "#fdd0a2",
        ["output"] = "#a1d99b",
        ["scratch"] = "#d9d9d9",
    };

    /// <summary>The picture of <paramref name="model"/>.</summary>
    public static string Draw(EdgeModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        IReadOnlyList<OperatorInfo> operators = model.Operators;
        double scale = Height / (double)Math.Max(1, model.Info.ArenaBytes);
        int width = Left + operators.Count * Column + 16, height = Top + Height + Bottom;
        var svg = new StringBuilder();
        void Add(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\"");
        Add($" font-family=\"sans-serif\" font-size=\"11\">");
        Add($"<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>");
        Add($"<text x=\"{Left}\" y=\"16\">arena: {model.Info.ArenaBytes:n0} bytes</text>");
        foreach (Box box in Boxes(model))
        {
            double x = Left + box.First * Column, w = (box.Last - box.First + 1) * Column, h = box.Bytes * scale;
            double y = Top + Height - (box.Offset + box.Bytes) * scale;
            Add($"<g><title>{Escape(box.Name)}: {box.Bytes:n0} bytes at {box.Offset:n0}</title>");
            Add($"<rect x=\"{x:f1}\" y=\"{y:f1}\" width=\"{w:f1}\" height=\"{h:f1}\" fill=\"{Colors[box.Kind]}\" stroke=\"#555\"/>");
            if (h >= 12) Add($"<text x=\"{x + 4:f1}\" y=\"{y + h / 2 + 4:f1}\">{Escape(box.Name)} {box.Bytes:n0}</text>");
            Add($"</g>");
        }
        foreach (OperatorInfo op in operators)
            Add($"<text x=\"{Left + op.Index * Column + 4}\" y=\"{Top + Height + 16}\">{op.Index} {Escape(op.Name)}</text>");
        for (int i = 0; i <= 4; i++)
        {
            double y = Top + Height - Height * i / 4.0 + 4;
            Add($"<text x=\"{Left - 6}\" y=\"{y:f1}\" text-anchor=\"end\">{model.Info.ArenaBytes * (long)i / 4:n0}</text>");
        }
        int place = Left;
        foreach ((string kind, string color) in Colors)
        {
            Add($"<rect x=\"{place}\" y=\"{Top + Height + 26}\" width=\"10\" height=\"10\" fill=\"{color}\" stroke=\"#555\"/>");
            Add($"<text x=\"{place + 14}\" y=\"{Top + Height + 35}\">{kind}</text>");
            place += 80;
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static IEnumerable<Box> Boxes(EdgeModel model)
    {
        foreach (TensorInfo input in model.Inputs)
            yield return new Box(input.Name, "input", input.ArenaOffset, input.ByteCount, 0, LastUse(model, input, 0));
        foreach (OperatorInfo op in model.Operators)
        {
            bool isOutput = model.Outputs.Any(output => output.Index == op.Output.Index);
            yield return new Box(
                $"{op.Name} {op.Index}", isOutput ? "output" : "activation", op.Output.ArenaOffset, op.Output.ByteCount, op.Index,
                isOutput ? model.Operators.Count - 1 : LastUse(model, op.Output, op.Index));
            if (op.ScratchBytes > 0)
                yield return new Box($"scratch {op.Index}", "scratch", op.ScratchOffset, (int)op.ScratchBytes, op.Index, op.Index);
        }
    }

    private static int LastUse(EdgeModel model, TensorInfo tensor, int first) => model.Operators
        .Where(op => op.Inputs.Any(input => input.Index == tensor.Index)).Select(op => op.Index).DefaultIfEmpty(first).Max();

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private readonly record struct Box(string Name, string Kind, int Offset, int Bytes, int First, int Last);
}
