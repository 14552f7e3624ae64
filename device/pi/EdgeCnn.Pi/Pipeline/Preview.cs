using System;
using System.Diagnostics;
using System.Threading;
using EdgeCnn.Pi.Frames;

namespace EdgeCnn.Pi.Pipeline;

/// <summary>Keeps the newest frame while somebody looks, at most ten in a second. Copying takes no memory after the first.</summary>
internal sealed class Preview
{
    private static readonly TimeSpan Interest = TimeSpan.FromSeconds(3), Pace = TimeSpan.FromMilliseconds(100);
    private readonly Lock _lock = new();
    private readonly Frame _kept = new();
    private long _askedAt = -Stopwatch.Frequency * 3600, _keptAt = -Stopwatch.Frequency * 3600;

    /// <summary>Copies the newest frame that was kept.</summary>
    /// <returns>False while there is none.</returns>
    public bool Read(Frame into)
    {
        Volatile.Write(ref _askedAt, Stopwatch.GetTimestamp());
        lock (_lock)
        {
            if (_kept.Number == 0) return false;
            into.Copy(_kept);
            return true;
        }
    }

    /// <summary>Keeps a frame if somebody is to see it. The first of all is kept for everybody.</summary>
    public void See(Frame frame)
    {
        long now = Stopwatch.GetTimestamp();
        bool isWanted = Stopwatch.GetElapsedTime(Volatile.Read(ref _askedAt), now) <= Interest;
        if (_kept.Number > 0 && (!isWanted || Stopwatch.GetElapsedTime(_keptAt, now) < Pace)) return;
        lock (_lock) _kept.Copy(frame);
        _keptAt = now;
    }
}
