using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace EdgeCnn.Pi.Tests.Support;

/// <summary>
/// Whether a program's memory is flat. The first sixth of the time is warm-up, in which code is compiled and buffers find their size.
/// Over the rest the least of each minute, what is left where garbage has been collected, may rise by no more than <see cref="MostSlope"/>,
/// and no value may exceed the largest of the first tenth of it by more than <see cref="MostRise"/>.
/// </summary>
internal sealed class MemoryTrend
{
    /// <summary>Bytes per minute: a mebibyte in an hour, 24 in a day.</summary>
    public const double MostSlope = (1 << 20) / 60.0;

    /// <summary>Bytes.</summary>
    public const long MostRise = 4 << 20;

    private const int WarmUpPart = 6, BeginningPart = 10;
    private readonly List<(double Minutes, long Bytes)> _samples = [];

    /// <summary>Bytes per minute after the warm-up: the median of the slopes between the least values of any two minutes (Theil and
    /// Sen).</summary>
    public double Slope { get; private set; }

    /// <summary>Bytes at the end of the warm-up: the largest of a tenth of the time after it.</summary>
    public long Beginning { get; private set; }

    /// <summary>Bytes, the largest after the warm-up.</summary>
    public long Largest { get; private set; }

    /// <summary>Bytes of the last sample.</summary>
    public long Last => _samples[^1].Bytes;

    /// <summary>Memory of a process that is its own: what files of the disk hold can be read again, and is the kernel's to give away. What
    /// was compiled counts as shared memory, because it is mapped twice.</summary>
    public static long Of(int process)
    {
        string status = File.ReadAllText($"/proc/{process}/status");
        return Regex.Matches(status, "(?m)^Rss(?:Anon|Shmem):\\s+([0-9]+) kB").Sum(
            line => 1024 * long.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>Adds a sample, later than all before.</summary>
    public void Add(double minutes, long bytes) => _samples.Add((minutes, bytes));

    /// <summary>Looks at all samples.</summary>
    /// <returns>What is wrong; empty when the memory is flat.</returns>
    public string Judge()
    {
        double end = _samples[^1].Minutes, warm = end / WarmUpPart, begun = warm + (end - warm) / BeginningPart;
        (double Minutes, long Bytes)[] rest = [.. _samples.Where(sample => sample.Minutes >= warm)];
        Beginning = rest.Where(sample => sample.Minutes <= begun).Max(sample => sample.Bytes);
        Largest = rest.Max(sample => sample.Bytes);
        Slope = MedianSlope([.. rest.GroupBy(sample => (int)sample.Minutes).Select(minute => minute.MinBy(sample => sample.Bytes))]);
        if (Slope > MostSlope) return $"memory grows by {Slope / 1024:n1} KB a minute, more than {MostSlope / 1024:n1}";
        return Largest - Beginning > MostRise ? $"memory grew from {Beginning >> 10:n0} to {Largest >> 10:n0} KB" : "";
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Beginning >> 10:n0} KB after the warm-up, at most {Largest >> 10:n0}, at last {Last >> 10:n0}; slope {Slope / 1024:n2} KB/min");

    private static double MedianSlope((double Minutes, long Bytes)[] samples)
    {
        var slopes = new List<double>(samples.Length * (samples.Length - 1) / 2);
        for (int i = 0; i < samples.Length; i++)
            for (int j = 0; j < i; j++)
                slopes.Add((samples[i].Bytes - samples[j].Bytes) / (samples[i].Minutes - samples[j].Minutes));
        slopes.Sort();
        return slopes.Count == 0 ? 0 : slopes[slopes.Count / 2];
    }
}
