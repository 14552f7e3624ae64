using System;
using System.IO;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace EdgeCnn.Flash.Link;

/// <summary>
/// A line over any stream. What arrives is read in the background, since streams of serial ports know no time limits.
/// </summary>
public sealed class StreamLine : Transport
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    private readonly Stream _stream;
    private readonly bool _isPolled;
    private readonly Task _receiving;
    private readonly Channel<byte[]> _arrived = Channel.CreateUnbounded<byte[]>();
    private readonly CancellationTokenSource _closed = new();
    private ReadOnlyMemory<byte> _rest;

    /// <summary>Takes a stream that is read and written at the same time, and closes it in the end.</summary>
    /// <param name="name">What the user calls it.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="isPolled">Whether a read of nothing says that nothing came yet, and not that the stream ended.</param>
    public StreamLine(string name, Stream stream, bool isPolled = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        (Name, _stream, _isPolled) = (name, stream, isPolled);
        _receiving = Task.Factory.StartNew(Receive, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
            _stream.Flush();
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            throw Gone(failure);
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> bytes, TimeSpan limit, CancellationToken cancellation)
    {
        if (_rest.IsEmpty && !TryWait(limit, cancellation)) return 0;
        int count = Math.Min(bytes.Length, _rest.Length);
        _rest.Span[..count].CopyTo(bytes);
        _rest = _rest[count..];
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_closed.IsCancellationRequested) return;
        _closed.Cancel();
        // A file that is being read stays open; a polled one is not for long.
        if (_isPolled) _receiving.Wait();
        _stream.Dispose();
    }

    private bool TryWait(TimeSpan limit, CancellationToken cancellation)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(limit);
        try
        {
            ValueTask<byte[]> next = _arrived.Reader.ReadAsync(timer.Token);
            _rest = next.IsCompletedSuccessfully ? next.Result : next.AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return false;
        }
        catch (ChannelClosedException ended)
        {
            throw Gone(ended.InnerException);
        }
    }

    private void Receive()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (!_closed.IsCancellationRequested)
            {
                int count = _stream.Read(buffer);
                if (count > 0) _arrived.Writer.TryWrite(buffer[..count]);
                else if (_isPolled) Thread.Sleep(s_pause);
                else break;
            }
            _arrived.Writer.Complete();
        }
        catch (Exception failure)
            when (failure is IOException or ObjectDisposedException or UnauthorizedAccessException or OperationCanceledException)
        {
            _arrived.Writer.Complete(failure);
        }
    }

    private LineException Gone(Exception? cause)
    {
        string why = cause is null ? "" : $" ({cause.Message.TrimEnd('.')})";
        return new($"{Name}: the line ended{why}; connect the board again, and give the same command", cause);
    }
}
