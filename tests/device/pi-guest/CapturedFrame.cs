using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeCnn.Device.Tests;

/// <summary>What the program says about a frame.</summary>
internal sealed partial record CapturedFrame(int Number, string Input, int Label, int Score, int Shown)
{
    /// <summary>Reads the line; null when it is another.</summary>
    internal static CapturedFrame? Read(string line)
    {
        Match match = Pattern().Match(line);
        if (!match.Success) return null;
        int Number(int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        return new CapturedFrame(Number(1), match.Groups[2].Value, Number(3), Number(4), Number(5));
    }

    [GeneratedRegex(@"^frame (\d+) input ([0-9a-f]{16}) label (\d+) score (\d+) shown (-?\d+) ")]
    private static partial Regex Pattern();
}
