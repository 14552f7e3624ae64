using System;
using System.Threading;

namespace EdgeCnn.Pi.Pipeline;

/// <summary>
/// Hands items from one thread to another in three pieces of memory: one is written, one waits, one is read. Allocates nothing.
/// </summary>
/// <typeparam name="T">Memory of one item.</typeparam>
/// <param name="make">Makes it, three times.</param>
internal sealed class Exchange<T>(Func<T> make)
    where T : class
{
    private readonly object _gate = new();
    private T _waiting = make(), _read = make();
    private bool _isWaiting, _isClosed;

    /// <summary>Where the writing thread puts the next item.</summary>
    public T Writing { get; private set; } = make();

    /// <summary>Items that a newer one replaced before they were read.</summary>
    public long Dropped { get; private set; }

    /// <summary>Whether it was closed and everything taken.</summary>
    public bool IsEnded
    {
        get
        {
            lock (_gate) return _isClosed && !_isWaiting;
        }
    }

    /// <summary>Hands <see cref="Writing"/> over.</summary>
    /// <param name="newestWins">Whether it may replace one that waits; else it waits for that to be read.</param>
    /// <returns>False when the exchange was closed meanwhile.</returns>
    public bool Publish(bool newestWins)
    {
        lock (_gate)
        {
            while (_isWaiting && !newestWins && !_isClosed) Monitor.Wait(_gate);
            if (_isClosed) return false;
            if (_isWaiting) Dropped++;
            (Writing, _waiting, _isWaiting) = (_waiting, Writing, true);
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Waits for the next item. The one before must not be used any more.</summary>
    /// <returns>The item; null when none came in time, or none will.</returns>
    public T? Take(TimeSpan patience)
    {
        lock (_gate)
        {
            if (!_isWaiting && !_isClosed) Monitor.Wait(_gate, patience);
            if (!_isWaiting) return null;
            (_read, _waiting, _isWaiting) = (_waiting, _read, false);
            Monitor.PulseAll(_gate);
            return _read;
        }
    }

    /// <summary>Ends the waiting of both threads. What waits can still be taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
