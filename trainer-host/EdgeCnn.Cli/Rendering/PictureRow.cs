using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Results;

namespace EdgeCnn.Cli.Rendering;

/// <summary>Pictures side by side, each with a line below it.</summary>
internal static class PictureRow
{
    private const string Gap = "  ";

    public static void Write(TextWriter writer, IReadOnlyList<SampleResult> samples, Func<SampleResult, string> caption)
    {
        string[][] pictures = [.. samples.Select(sample => BraillePicture.Lines(sample.Pixels, sample.Shape))];
        for (int line = 0; line < pictures[0].Length; line++)
            writer.WriteLine(string.Join(Gap, pictures.Select(picture => picture[line])));
        writer.WriteLine(string.Join(Gap, samples.Select((sample, i) => caption(sample).PadRight(pictures[i][0].Length))).TrimEnd());
    }
}
