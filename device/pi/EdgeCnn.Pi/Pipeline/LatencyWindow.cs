using System;
using System.Diagnostics;
using System.Threading;

namespace EdgeCnn.Pi.Pipeline;

/// <summary>How long frames took lately, and how many came in a second. Adding allocates nothing.</summary>
internal sealed class LatencyWindow
{
    private const int Frames = 1024;
    private readonly Lock _lock = new();
    private readonly int[] _microseconds = new int[Frames];
    private readonly long[] _doneAt = new long[Frames];
    private long _count, _sum;

    /// <summary>Adds a frame.</summary>
    /// <param name="from">When it was captured, in ticks of <see cref="Stopwatch"/>.</param>
    /// <param name="to">When everybody had been told.</param>
    public void Add(long from, long to)
    {
        int taken = (int)Math.Min(int.MaxValue, Stopwatch.GetElapsedTime(from, to).Ticks / TimeSpan.TicksPerMicrosecond);
        lock (_lock)
        {
            int at = (int)(_count++ % Frames);
            (_microseconds[at], _doneAt[at]) = (taken, to);
            _sum += taken;
        }
    }

    /// <summary>What the window shows.</summary>
    public Latencies Read()
    {
        int[] sorted;
        long count, sum, newest = 0, oldest = 0;
        lock (_lock)
        {
            (count, sum) = (_count, _sum);
            int kept = (int)Math.Min(count, Frames);
            sorted = _microseconds[..kept];
            if (kept > 0) (newest, oldest) = (_doneAt[(count - 1) % Frames], _doneAt[(count - kept) % Frames]);
        }
        Array.Sort(sorted);
        // A source that stands still has the fewer frames a second, the longer it does.
        double seconds = Stopwatch.GetElapsedTime(oldest, Math.Max(newest, Stopwatch.GetTimestamp() - Stopwatch.Frequency)).TotalSeconds;
        double framesPerSecond = sorted.Length < 2 || seconds <= 0 ? 0 : (sorted.Length - 1) / seconds;
        return new Latencies(count, sum, Share(sorted, 50), Share(sorted, 90), Share(sorted, 99), framesPerSecond);
    }

    private static int Share(int[] sorted, int percent) => sorted.Length == 0 ? 0 : sorted[(sorted.Length - 1) * percent / 100];
}

/// <summary>Latencies from a frame's arrival until everybody was told, in microseconds.</summary>
/// <param name="Count">Frames since the start.</param>
/// <param name="Sum">Of all of them.</param>
/// <param name="Median">Of the last 1,024 frames.</param>
/// <param name="Percentile90">Nine of ten of them took no longer.</param>
/// <param name="Percentile99">99 of 100.</param>
/// <param name="FramesPerSecond">Over the same frames.</param>
internal sealed record Latencies(long Count, long Sum, int Median, int Percentile90, int Percentile99, double FramesPerSecond);
