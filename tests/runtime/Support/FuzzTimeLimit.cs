using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;

namespace EdgeCnn.Tests;

/// <summary>Ends the process when an input takes too long, and leaves it in a file of the temporary folder.</summary>
internal sealed class FuzzTimeLimit : IDisposable
{
    private readonly (long Began, byte[] Input)[] _running;
    private readonly int _seconds;
    private readonly Timer _timer;

    internal FuzzTimeLimit(int streams, int seconds)
    {
        _running = new (long, byte[])[streams];
        _seconds = seconds;
        _timer = new Timer(_ => Check(), null, 1000, 1000);
    }

    /// <summary>An input is tried from now on; the time.</summary>
    internal long Begin(int stream, byte[] input)
    {
        lock (_running) return (_running[stream] = (Stopwatch.GetTimestamp(), input)).Began;
    }

    /// <summary>The input is done.</summary>
    internal void End(int stream)
    {
        lock (_running) _running[stream] = default;
    }

    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        lock (_running)
        {
            foreach ((long began, byte[] input) in _running.Where(entry => entry.Input is not null))
            {
                if (Stopwatch.GetElapsedTime(began).TotalSeconds <= _seconds) continue;
                string path = Path.Combine(Path.GetTempPath(), "edgecnn-too-slow.bin");
                File.WriteAllBytes(path, input);
                Environment.FailFast($"an input took more than {_seconds} s; it is in {path}");
            }
        }
    }
}
