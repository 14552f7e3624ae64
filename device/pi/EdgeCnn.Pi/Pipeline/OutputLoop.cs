using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using EdgeCnn.Pi.Outputs;
using Microsoft.Extensions.Logging;

namespace EdgeCnn.Pi.Pipeline;

/// <summary>The thread that tells everybody what was seen. One who can't be told does not keep the others from it.</summary>
internal sealed class OutputLoop : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);
    private readonly Exchange<Reading> _readings;
    private readonly IReadOnlyList<IOutput> _outputs;
    private readonly bool[] _isInTrouble;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private readonly Reading _last = new();
    private readonly Thread _thread;

    /// <summary>Begins.</summary>
    /// <param name="readings">What is seen.</param>
    /// <param name="outputs">Who is told; disposed of with this.</param>
    /// <param name="log">Learns who can't be told.</param>
    public OutputLoop(Exchange<Reading> readings, IReadOnlyList<IOutput> outputs, ILogger log)
    {
        (_readings, _outputs, _log, _isInTrouble) = (readings, outputs, log, new bool[outputs.Count]);
        _thread = new Thread(Run) { Name = "outputs", IsBackground = true };
        _thread.Start();
    }

    /// <summary>How long frames take from their arrival until everybody was told.</summary>
    public LatencyWindow Latencies { get; } = new();

    /// <summary>Set when the last frame of a file was told.</summary>
    public ManualResetEventSlim Ended { get; } = new();

    /// <summary>Copies the newest reading.</summary>
    public void ReadLast(Reading into)
    {
        lock (_lock) into.Copy(_last);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _readings.Close();
        _thread.Join();
        foreach (IOutput output in _outputs) output.Dispose();
        Ended.Dispose();
    }

    private void Run()
    {
        int label = Reading.None;
        while (true)
        {
            Reading? reading = _readings.Take(Patience);
            if (reading is null)
            {
                if (_readings.IsEnded) break;
                continue;
            }
            lock (_lock) _last.Copy(reading);
            bool isChange = reading.Label != label;
            label = reading.Label;
            for (int i = 0; i < _outputs.Count; i++) Tell(i, reading, isChange);
            Latencies.Add(reading.CapturedAt, Stopwatch.GetTimestamp());
        }
        Ended.Set();
    }

    private void Tell(int index, Reading reading, bool isChange)
    {
        try
        {
            _outputs[index].Tell(reading, isChange);
            _isInTrouble[index] = false;
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or ObjectDisposedException)
        {
            if (!_isInTrouble[index]) _log.Warn($"{_outputs[index].Name}: {failure.Message}");
            _isInTrouble[index] = true;
        }
    }
}
