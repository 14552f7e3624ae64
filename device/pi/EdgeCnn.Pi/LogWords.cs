using Microsoft.Extensions.Logging;

namespace EdgeCnn.Pi;

/// <summary>What the log is told: whole sentences, of which there are few.</summary>
internal static partial class LogWords
{
    /// <summary>Something happened as it should.</summary>
    public static void Say(this ILogger log, string words) => Write(log, LogLevel.Information, words);

    /// <summary>Something went wrong, and the program goes on.</summary>
    public static void Warn(this ILogger log, string words) => Write(log, LogLevel.Warning, words);

    [LoggerMessage(EventId = 0, Message = "{Words}")]
    private static partial void Write(ILogger log, LogLevel level, string words);
}
