using System;

namespace EdgeCnn.Flash.Board;

/// <summary>How long a host waits, and how often it asks. A request without an answer is sent again, each time after
/// twice as long, up to a limit.</summary>
public sealed record BoardTiming
{
    /// <summary>Baud of the slowest line; 10 bits a byte.</summary>
    public int Baud { get; init; } = 115_200;

    /// <summary>For the answer of a command that takes no time, beside the bytes' time on the line.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>For the first answer of a command that may take seconds, such as Erase.</summary>
    public TimeSpan Work { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait before a request is sent again.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How often a command that takes no time is sent; then the board counts as silent.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>The same for a command that may take seconds, up to two minutes in all.</summary>
    public int WorkAttempts { get; init; } = 16;

    internal TimeSpan OnTheLine(int bytes) => TimeSpan.FromSeconds(10.0 * bytes / Baud);
}
