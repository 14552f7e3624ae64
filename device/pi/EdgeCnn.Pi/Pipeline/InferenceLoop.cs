using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using EdgeCnn.Pi.Frames;
using Microsoft.Extensions.Logging;

namespace EdgeCnn.Pi.Pipeline;

/// <summary>
/// The thread that owns the model: it classifies frames, and between two of them does what others ask of the model.
/// </summary>
internal sealed class InferenceLoop : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);
    private readonly Exchange<Frame> _frames;
    private readonly Exchange<Reading> _readings;
    private readonly ILogger _log;
    private readonly ConcurrentQueue<Action> _orders = new();
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private Action<Frame>[] _watchers = [];
    private Engine? _engine;
    private string _trouble = "";

    /// <summary>Begins, with no model yet.</summary>
    public InferenceLoop(Exchange<Frame> frames, Exchange<Reading> readings, ILogger log)
    {
        (_frames, _readings, _log) = (frames, readings, log);
        _thread = new Thread(Run) { Name = "inference", IsBackground = true };
    }

    /// <summary>The model that runs, for orders and watchers only; null while there is none.</summary>
    public Engine? Engine => _engine;

    /// <summary>Why the last frame could not be classified; empty when it could.</summary>
    public string Trouble => Volatile.Read(ref _trouble);

    /// <summary>Called when a frame could not be classified.</summary>
    public Action<Exception>? Failed { get; set; }

    /// <summary>Adds somebody who is called, on this thread, with every frame that was classified. Before <see cref="Start"/>.</summary>
    public void Watch(Action<Frame> watcher) => _watchers = [.. _watchers, watcher];

    /// <summary>Starts the thread.</summary>
    public void Start() => _thread.Start();

    /// <summary>Has something done with the model between two frames.</summary>
    /// <returns>What it gives.</returns>
    public Task<T> Ask<T>(Func<T> order)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _orders.Enqueue(() =>
        {
            try
            {
                done.SetResult(order());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    /// <summary>Lets another model work from the next frame on. In an order.</summary>
    /// <returns>The one before, which is the caller's to dispose of.</returns>
    public Engine? Change(Engine? engine) => Interlocked.Exchange(ref _engine, engine);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Set();
        _frames.Close();
        _readings.Close();
        _thread.Join();
        _stop.Dispose();
        _engine?.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            Frame? frame = _frames.Take(Patience);
            while (_orders.TryDequeue(out Action? order)) order();
            if (frame is null && _frames.IsEnded) break;
            if (frame is not null && _engine is { } engine) Work(engine, frame);
        }
        _readings.Close();
        // What is asked after the last frame is still answered.
        while (!_stop.Wait(Patience))
            while (_orders.TryDequeue(out Action? order)) order();
    }

    private void Work(Engine engine, Frame frame)
    {
        try
        {
            Reading reading = _readings.Writing;
            engine.Classify(frame, reading);
            (reading.Frame, reading.CapturedAt, reading.IsLive) = (frame.Number, frame.CapturedAt, frame.IsLive);
            _readings.Publish(newestWins: frame.IsLive);
            foreach (Action<Frame> watcher in _watchers) watcher(frame);
            if (_trouble.Length > 0) Volatile.Write(ref _trouble, "");
        }
        catch (InvalidDataException wrong)
        {
            if (_trouble != wrong.Message) _log.Warn($"frame {frame.Number}: {wrong.Message}");
            Volatile.Write(ref _trouble, wrong.Message);
            Failed?.Invoke(wrong);
        }
    }
}
