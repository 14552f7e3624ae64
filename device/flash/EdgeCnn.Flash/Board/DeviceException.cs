using System;

namespace EdgeCnn.Flash.Board;

/// <summary>Something between a host and a board does not work: the message says what, where, and what to do.</summary>
public abstract class DeviceException : Exception
{
    /// <summary>With its message.</summary>
    protected DeviceException(string message)
        : base(message)
    {
    }
}

/// <summary>A board gives no answer, or none that makes sense.</summary>
public sealed class BoardSilentException(string message) : DeviceException(message);
