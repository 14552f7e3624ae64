using System;
using System.Collections.Generic;

namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>A serial line at 115,200 baud as the chip beside it sees it: bytes that come wait for the chip, bytes that go take a
/// while.</summary>
internal abstract class SimulatedUart : IRegisters
{
    // How many looks at the state a byte takes to leave.
    private const int Duration = 3;
    private const double Baud = 115_200, Tolerance = 0.02;

    private int _sending;

    /// <summary>What comes.</summary>
    internal Queue<byte> Incoming { get; } = [];

    /// <summary>What went.</summary>
    internal List<byte> Sent { get; } = [];

    /// <inheritdoc/>
    public abstract uint Read(uint address);

    /// <inheritdoc/>
    public abstract void Write(uint address, uint value);

    /// <summary>A byte goes.</summary>
    protected void Send(uint value)
    {
        if (_sending > 0) throw new ChipRuleException("a byte is written over the one before");
        _sending = Duration;
        Sent.Add((byte)value);
    }

    /// <summary>Whether a byte is still on its way; a look at it.</summary>
    protected bool IsSending() => _sending > 0 && _sending-- > 0;

    /// <summary>Throws at any other speed.</summary>
    protected static void RequireSpeed(double baud)
    {
        if (Math.Abs(baud - Baud) > Tolerance * Baud) throw new ChipRuleException($"the line runs at {baud:n0} baud");
    }

    /// <summary>Throws where something must be so.</summary>
    protected static void Require(bool condition, string what)
    {
        if (!condition) throw new ChipRuleException($"not so: {what}");
    }
}
