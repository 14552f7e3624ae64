using System;

namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>A chip's flash, and the registers of its controller, after the rules of its manual.</summary>
internal abstract class Chip : IRegisters
{
    // How many looks at the state an operation takes.
    private const int Duration = 3;

    private int _busy;

    /// <summary>Makes it the one that the drivers on this thread see.</summary>
    /// <param name="origin">Where flash begins.</param>
    /// <param name="unit">Bytes that are programmed at once, once after an erase.</param>
    /// <param name="sectors">Bytes of each sector.</param>
    protected Chip(uint origin, int unit, params int[] sectors)
    {
        Flash = new FlashArray(origin, unit, sectors);
        Bus.Current = this;
    }

    internal FlashArray Flash { get; }

    /// <summary>Whether nothing can be erased or programmed by accident.</summary>
    internal abstract bool IsLocked { get; }

    /// <summary>Power comes back: registers are as after a reset.</summary>
    internal virtual void Reset() => _busy = 0;

    /// <inheritdoc/>
    public abstract uint Read(uint address);

    /// <inheritdoc/>
    public abstract void Write(uint address, uint value);

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
        if (_busy > 0) throw new ChipRuleException("the controller is busy");
    }
}
