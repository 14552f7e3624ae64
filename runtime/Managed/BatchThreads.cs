using System;
using System.Linq;
using System.Threading;

namespace EdgeCnn.Managed;

/// <summary>
/// Threads that share the images of a batch, each in an arena of its own; between batches they wait. Which thread runs an image is
/// open, but an image's result does not depend on it. Running a batch allocates nothing.
/// </summary>
internal sealed unsafe class BatchThreads : IDisposable
{
    private readonly BatchImage _image;
    private readonly ModelMemory _arena;
    private readonly ModelMemory[] _arenas;
    private readonly int _learned;
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _start = new(0), _done = new(0);
    private BatchJob _job;
    private bool _ended;
    private int _next;

    /// <param name="image">What every thread does.</param>
    /// <param name="arena">The caller's own arena; it stays the caller's.</param>
    /// <param name="learned">Where in an arena that begins which all threads need as the caller has it: learned weights.</param>
    /// <param name="threads">Number of threads, the caller's included.</param>
    internal BatchThreads(BatchImage image, ModelMemory arena, int learned, int threads)
    {
        (_image, _arena, _learned) = (image, arena, learned);
        _arenas = [.. Enumerable.Range(1, threads - 1).Select(_ => ModelMemory.Allocate(arena.Length))];
        _threads = [.. _arenas.Select((own, i) => new Thread(() => Serve(own)) { IsBackground = true, Name = $"EdgeCnn batch {i + 1}" })];
        foreach (Thread thread in _threads) thread.Start();
    }

    /// <summary>Number of threads, the caller's included.</summary>
    internal int Count => 1 + _threads.Length;

    /// <summary>Bytes of the other threads' arenas.</summary>
    internal long ScratchBytes => _arenas.Sum(arena => (long)arena.Length);

    /// <summary>Runs all images and returns when they are done.</summary>
    internal void Run(in BatchJob job)
    {
        (_job, _next) = (job, 0);
        int helpers = Math.Min(_threads.Length, job.Count - 1), learnedBytes = _arena.Length - _learned;
        for (int i = 0; i < _arenas.Length && helpers > 0 && learnedBytes > 0; i++)
            Buffer.MemoryCopy(_arena.Pointer + _learned, _arenas[i].Pointer + _learned, learnedBytes, learnedBytes);
        if (helpers > 0) _start.Release(helpers);
        Work(_arena.Pointer);
        for (int i = 0; i < helpers; i++) _done.Wait();
    }

    /// <summary>Ends the threads, which must be waiting, and releases their arenas.</summary>
    public void Dispose()
    {
        if (_ended) return;
        _ended = true;
        if (_threads.Length > 0) _start.Release(_threads.Length);
        foreach (Thread thread in _threads) thread.Join();
        foreach (ModelMemory arena in _arenas) arena.Dispose();
        _start.Dispose();
        _done.Dispose();
    }

    private void Serve(ModelMemory arena)
    {
        while (true)
        {
            _start.Wait();
            if (_ended) return;
            Work(arena.Pointer);
            _done.Release();
        }
    }

    private void Work(byte* arena)
    {
        int index;
        while ((index = Interlocked.Increment(ref _next) - 1) < _job.Count) _image.Run(arena, _job, index);
    }
}
