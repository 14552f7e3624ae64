using System;

namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>What answers at a chip's addresses.</summary>
internal interface IRegisters
{
    /// <summary>Reads a register, or a word of memory.</summary>
    uint Read(uint address);

    /// <summary>Writes a register, or a word of memory.</summary>
    void Write(uint address, uint value);
}

/// <summary>The chip that the drivers on this thread see.</summary>
internal static class Bus
{
    [ThreadStatic]
    private static IRegisters? s_current;

    internal static IRegisters Current
    {
        get => s_current ?? throw new InvalidOperationException("no chip is at work on this thread");
        set => s_current = value;
    }

    /// <summary>Nothing answers there: a bus fault.</summary>
    internal static ChipRuleException Unknown(uint address) => new($"there is no register at {address:x8}");
}
