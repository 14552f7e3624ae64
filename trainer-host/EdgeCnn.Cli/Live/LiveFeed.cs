using System;
using System.Collections.Generic;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using EdgeCnn.Cli.Training;
using EdgeCnn.Trainer.Report.Page;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Cli.Live;

/// <summary>
/// What those who watch a training see. The training leaves its numbers here and goes on; drawing is for the threads of the watchers, a few
/// times a second.
/// </summary>
internal sealed class LiveFeed : ITrainingWatcher
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private readonly Lock _lock = new();
    private readonly List<EpochResult> _history = [];
    private TrainingProgress? _last;
    private string? _lastWord;
    private long _version;

    /// <summary>The moment as HTML.</summary>
    public string Now => Moment().Html;

    /// <summary>Takes over the epochs of an interrupted training.</summary>
    public void Begin(IEnumerable<EpochResult> history)
    {
        lock (_lock) _history.AddRange(history);
    }

    public void Report(TrainingProgress value)
    {
        lock (_lock) (_last, _version) = (value, _version + 1);
    }

    public void EpochEnded(EpochResult epoch)
    {
        lock (_lock)
        {
            _history.Add(epoch);
            _version++;
        }
    }

    /// <summary>Ends what watchers get.</summary>
    public void End(string lastWord)
    {
        lock (_lock) _lastWord = lastWord;
    }

    /// <summary>The moments, as they change, and the last word.</summary>
    public async IAsyncEnumerable<SseItem<string>> Events([EnumeratorCancellation] CancellationToken cancellation)
    {
        long shown = -1;
        while (true)
        {
            (string html, long version, string? lastWord) = Moment();
            if (version != shown)
                yield return new SseItem<string>(html, "now");
            shown = version;
            if (lastWord is not null)
            {
                yield return new SseItem<string>(lastWord, "end");
                yield break;
            }
            await Task.Delay(Pace, cancellation);
        }
    }

    private (string Html, long Version, string? LastWord) Moment()
    {
        EpochResult[] history;
        TrainingProgress? last;
        (long Version, string? LastWord) state;
        lock (_lock) (history, last, state) = ([.. _history], _last, (_version, _lastWord));
        return (LivePage.Now(history, last), state.Version, state.LastWord);
    }
}
