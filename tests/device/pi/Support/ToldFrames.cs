using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace EdgeCnn.Pi.Tests.Support;

/// <summary>The frames that a program tells of, a line of JSON each, and the longest time in which none came.</summary>
internal sealed class ToldFrames
{
    private long _count, _at = Stopwatch.GetTimestamp();

    /// <summary>Frames so far.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>The longest time from one frame to the next.</summary>
    public TimeSpan LargestGap { get; private set; }

    /// <summary>Time since the last frame, or since the beginning.</summary>
    public TimeSpan Silence => Stopwatch.GetElapsedTime(Interlocked.Read(ref _at));

    /// <summary>Reads lines until they end. Their frames come in order, none twice.</summary>
    public async Task Follow(StreamReader lines, CancellationToken stop)
    {
        long number = 0;
        while (await lines.ReadLineAsync(stop) is { } line)
        {
            long next = long.Parse(Regex.Match(line, "\"frame\":([0-9]+)").Groups[1].Value, CultureInfo.InvariantCulture);
            Assert.True(next > number, $"frame {next} came after frame {number}");
            number = next;
            if (Count > 0 && Silence > LargestGap) LargestGap = Silence;
            Interlocked.Exchange(ref _at, Stopwatch.GetTimestamp());
            Interlocked.Increment(ref _count);
        }
    }
}
