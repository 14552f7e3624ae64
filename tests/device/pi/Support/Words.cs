using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Data.Files;
using Xunit;

namespace EdgeCnn.Pi.Tests.Support;

/// <summary>Spoken digits that dscnn-digits never heard, one behind the other with silence between them.</summary>
internal sealed class Words
{
    /// <summary>Samples per second.</summary>
    public const int Rate = 8000;

    private const int WavHeader = 44, Pause = Rate / 2;

    private Words(short[] samples, (int Start, int End, int Digit)[] spoken) => (Samples, Spoken) = (samples, spoken);

    /// <summary>The whole.</summary>
    public short[] Samples { get; }

    /// <summary>Where each word is, and which.</summary>
    public IReadOnlyList<(int Start, int End, int Digit)> Spoken { get; }

    /// <summary>All that are held back, speakers and digits in turn; skips the test where the recordings are missing.</summary>
    public static Words Load()
    {
        string data = Path.Combine(Repository.Shared, "data", "fsdd");
        Assert.SkipUnless(Directory.Exists(data), $"no recordings in {data}; set EDGECNN_SHARED");
        var files = new LabelledFiles("recordings/{class}_*_*.wav", "**/*_[0-4].wav", testShare: 0.2, seed: 1, null);
        using FileSet place = files.Open(data);
        string[] digits = [.. Enumerable.Range(0, 10).Select(digit => digit.ToString(CultureInfo.InvariantCulture))];
        var samples = new List<short>();
        var spoken = new List<(int, int, int)>();
        // By number, then speaker, then digit: 0_george_0, 1_george_0, …
        IOrderedEnumerable<LabelledFile> order = files.Find(place, digits).Test
            .OrderBy(file => file.Name[^5]).ThenBy(file => file.Name.Split('_')[1]).ThenBy(file => file.Label);
        foreach (LabelledFile file in order)
        {
            ReadOnlySpan<short> word = MemoryMarshal.Cast<byte, short>(place.Read(file.Name).AsSpan(WavHeader));
            spoken.Add((samples.Count, samples.Count + word.Length, file.Label));
            samples.AddRange(word);
            samples.AddRange(new short[Pause]);
        }
        return new Words([.. samples], [.. spoken]);
    }

    /// <summary>The samples as a stream has them.</summary>
    public byte[] Bytes() => MemoryMarshal.AsBytes(Samples.AsSpan()).ToArray();

    /// <summary>How many words gave one change to a label, and that their own.</summary>
    /// <param name="changes">When the label changed, in samples, and to what.</param>
    public int CountRight(IReadOnlyList<(int At, int Digit)> changes) => Spoken.Count(word =>
        changes.Where(change => change.At > word.Start && change.At <= word.End + Pause) is var heard
        && heard.Count() == 1 && heard.First().Digit == word.Digit);
}
