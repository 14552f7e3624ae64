using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace EdgeCnn.Trainer.Training;

/// <summary>
/// A fixed set of threads that share the items of one job after another. Which thread gets an item is open, so a job must give the same
/// result for any assignment. Running a job allocates nothing.
/// </summary>
public sealed class WorkerPool : IDisposable
{
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _start = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private Action<int, int>? _body;
    private Exception? _failure;
    private int _items;
    private int _next;

    /// <summary>Starts the threads; the caller's own is one of them.</summary>
    /// <param name="threads">Number of threads, 1 or more.</param>
    public WorkerPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        _threads = new Thread[threads - 1];
        for (var i = 0; i < _threads.Length; i++)
        {
            var worker = i + 1;
            _threads[i] = new Thread(() => Serve(worker)) { IsBackground = true, Name = $"EdgeCnn worker {worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>Number of threads.</summary>
    public int Threads { get; }

    /// <summary>
    /// Calls <paramref name="body"/>(item, worker) for items 0 … <paramref name="items"/> − 1, with worker in 0 …
    /// <see cref="Threads"/> − 1 and never
    /// twice at once for the same worker, and returns when all are done. The first exception is thrown again here.
    /// </summary>
    public void Run(int items, Action<int, int> body)
    {
        (_body, _items, _next, _failure) = (body, items, 0, null);
        var helpers = Math.Min(_threads.Length, items - 1);
        if (helpers > 0)
            _start.Release(helpers);
        Work(0);
        for (var i = 0; i < helpers; i++)
            _done.Wait();
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _body = null;
        if (_threads.Length > 0)
            _start.Release(_threads.Length);
        foreach (var thread in _threads)
            thread.Join();
        _start.Dispose();
        _done.Dispose();
    }

    private void Serve(int worker)
    {
        while (true)
        {
            _start.Wait();
            if (_body is null)
                return;
            Work(worker);
            _done.Release();
        }
    }

    private void Work(int worker)
    {
        try
        {
            int item;
            while ((item = Interlocked.Increment(ref _next) - 1) < _items)
                _body!(item, worker);
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
            Volatile.Write(ref _next, _items);
        }
    }
}
