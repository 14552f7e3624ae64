using System;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EdgeCnn.Pi.Tests.Support;

/// <summary>Keeps what is logged.</summary>
internal sealed class TestLog : ILogger
{
    /// <summary>Everything so far.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception));
}
