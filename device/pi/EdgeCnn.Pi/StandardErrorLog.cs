using System;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace EdgeCnn.Pi;

/// <summary>A log on standard error, one line each, with the level that systemd's journal understands; standard output is for
/// results.</summary>
internal sealed class StandardErrorLog : IDisposable
{
    private readonly ILoggerFactory _factory = LoggerFactory.Create(logging => logging
        .AddSystemdConsole()
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));

    public StandardErrorLog() => Logger = _factory.CreateLogger("edgecnn-pi");

    /// <summary>Where to write.</summary>
    public ILogger Logger { get; }

    /// <inheritdoc/>
    public void Dispose() => _factory.Dispose();
}
