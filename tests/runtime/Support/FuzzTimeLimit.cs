using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;

namespace EdgeCnn.Tests;

/// <summary>
/// Ends the process when an input takes too long, and leaves it in a file of the temporary folder. Time is the processor's: a machine that
/// is busy with something else must not be taken for a slow input.
/// </summary>
internal sealed class FuzzTimeLimit : IDisposable
{
    private readonly (long Began, TimeSpan Used, byte[] Input)[] _running;
    private readonly int _seconds;
    private readonly Timer _timer;

    internal FuzzTimeLimit(int streams, int seconds)
    {
        _running = new (long, TimeSpan, byte[])[streams];
        _seconds = seconds;
        _timer = new Timer(_ => Check(), null, 1000, 1000);
    }

    /// <summary>An input is tried from now on; the time.</summary>
    internal long Begin(int stream, byte[] input)
    {
        lock (_running) return (_running[stream] = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, input)).Began;
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
            // All threads share what the process has used.
            foreach ((_, TimeSpan used, byte[] input) in _running.Where(entry => entry.Input is not null))
            {
                if ((Environment.CpuUsage.TotalTime - used).TotalSeconds <= _seconds * _running.Length) continue;
                string path = Path.Combine(Path.GetTempPath(), "edgecnn-too-slow.bin");
                File.WriteAllBytes(path, input);
                Environment.FailFast($"an input took more than {_seconds} s; it is in {path}");
            }
        }
    }
}
