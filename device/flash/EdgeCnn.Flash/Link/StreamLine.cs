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
    private readonly Stream _stream;
    private readonly Channel<byte[]> _arrived = Channel.CreateUnbounded<byte[]>();
    private readonly CancellationTokenSource _closed = new();
    private ReadOnlyMemory<byte> _rest;

    /// <summary>Takes a stream that is read and written at the same time, and closes it in the end.</summary>
    public StreamLine(string name, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        (Name, _stream) = (name, stream);
        _ = Task.Factory.StartNew(Receive, _closed.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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
            while (_stream.Read(buffer) is > 0 and var count) _arrived.Writer.TryWrite(buffer[..count]);
            _arrived.Writer.Complete();
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or UnauthorizedAccessException or OperationCanceledException)
        {
            _arrived.Writer.Complete(failure);
        }
    }

    private LineException Gone(Exception? cause) =>
        new($"{Name}: the line ended{(cause is null ? "" : $" ({cause.Message.TrimEnd('.')})")}; connect the board again, and give the same command", cause);
}
