using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>What a run of the program said.</summary>
/// <param name="Shape">The frames that the camera sent.</param>
/// <param name="Frames">Its line about each.</param>
internal sealed partial record ProgramRun(FrameShape Shape, IReadOnlyList<CapturedFrame> Frames)
{
    /// <summary>Reads the lines of one run.</summary>
    internal static ProgramRun Read(IEnumerable<string> lines)
    {
        Match ready = lines.Select(line => Ready().Match(line)).Single(match => match.Success);
        int Number(int group) => int.Parse(ready.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        var shape = new FrameShape(Number(3), Number(1), Number(2), 0, ready.Groups[4].Value == "full");
        return new ProgramRun(shape, [.. lines.Select(CapturedFrame.Read).OfType<CapturedFrame>()]);
    }

    /// <summary>The same frames on the desktop give the same lines.</summary>
    /// <param name="frames">Their bytes.</param>
    /// <param name="desktop">The model; it learns with <paramref name="lesson"/>.</param>
    /// <param name="smoothing">Started as the program's.</param>
    /// <param name="learned">Number of the frame that was learned after it was classified.</param>
    /// <param name="lesson">What it was learned as; −1 when none was.</param>
    internal unsafe void AssertSameOn(Managed.EdgeModel desktop, byte[] frames, Smoothing smoothing, int learned = -1, int lesson = -1)
    {
        Assert.Equal(Frames.Count * Shape.FrameBytes, frames.Length);
        Classifier classifier = default;
        Assert.Equal(Fault.None, classifier.Open(desktop.ModelPointer, desktop.ArenaPointer, lesson >= 0, Shape));
        fixed (byte* first = frames)
        {
            for (int i = 0; i < Frames.Count; i++)
            {
                byte* frame = first + i * Shape.FrameBytes;
                classifier.Prepare(frame);
                string input = $"{classifier.InputHash():x16}";
                int label = classifier.Run(), score = classifier.Score(label);
                Assert.Equal(new CapturedFrame(i, input, label, score, smoothing.Add(&classifier)), Frames[i]);
                if (i != learned) continue;
                classifier.Prepare(frame);
                desktop.Learn(lesson);
            }
        }
        classifier.Close();
    }

    [GeneratedRegex(@"^ready after \d+ us: (\d+) x (\d+), format (\d), (full|limited) range$")]
    private static partial Regex Ready();
}
