using System;

namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>A chip's flash, and the registers of its controller, after the rules of its manual.</summary>
internal abstract class Chip
{
    // How many looks at the state an operation takes.
    private const int Duration = 3;

    [ThreadStatic]
    private static Chip? s_current;

    private int _busy;

    /// <summary>Makes it the one that the drivers on this thread see.</summary>
    /// <param name="origin">Where flash begins.</param>
    /// <param name="unit">Bytes that are programmed at once, once after an erase.</param>
    /// <param name="sectors">Bytes of each sector.</param>
    protected Chip(uint origin, int unit, params int[] sectors)
    {
        Flash = new FlashArray(origin, unit, sectors);
        s_current = this;
    }

    internal static Chip Current => s_current ?? throw new InvalidOperationException("no chip is at work on this thread");

    internal FlashArray Flash { get; }

    /// <summary>Whether nothing can be erased or programmed by accident.</summary>
    internal abstract bool IsLocked { get; }

    /// <summary>Reads a register, or a word of flash.</summary>
    internal abstract uint Read(uint address);

    /// <summary>Writes a register, or a word of flash that is being programmed.</summary>
    internal abstract void Write(uint address, uint value);

    /// <summary>An operation begins.</summary>
    protected void Begin()
    {
        RequireIdle();
        _busy = Duration;
    }

    /// <summary>Whether one is under way; a look at it.</summary>
    protected bool IsBusy() => _busy > 0 && _busy-- > 0;

    /// <summary>Throws while one is under way.</summary>
    protected void RequireIdle()
    {
        if (_busy > 0) throw new FlashRuleException("the controller is busy");
    }

    protected static FlashRuleException Unknown(uint address) => new($"there is no register at {address:x8}");
}
