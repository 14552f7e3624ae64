using System;
using System.IO;
using System.Threading;

namespace EdgeCnn.Flash.Link;

/// <summary>A line to a board: bytes in both directions, which may get lost.</summary>
public abstract class Transport : IDisposable
{
    /// <summary>What the user calls it, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>Opens a line by its name: <c>tcp:HOST:PORT</c>, or the path of a serial port.</summary>
    /// <exception cref="LineException">It can't be opened.</exception>
    public static Transport Open(string port)
    {
        ArgumentException.ThrowIfNullOrEmpty(port);
        return port.StartsWith(TcpLine.Scheme, StringComparison.OrdinalIgnoreCase) ? TcpLine.Open(port) : SerialLine.Open(port);
    }

    /// <summary>Sends all bytes.</summary>
    /// <exception cref="LineException">The line is gone.</exception>
    public abstract void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Waits for bytes.</summary>
    /// <returns>How many came; 0 when none did in time.</returns>
    /// <exception cref="LineException">The line is gone.</exception>
    public abstract int Read(Span<byte> bytes, TimeSpan limit, CancellationToken cancellation);

    /// <summary>Closes the line.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the line.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>A line to a board can't be opened, or ended: which, why, and what to do.</summary>
public sealed class LineException(string message, Exception? inner = null) : IOException(message, inner);
