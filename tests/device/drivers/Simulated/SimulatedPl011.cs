using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>UART 0 of an RP2350 with what it depends on: the crystal, the clocks, resets, pins and pads (RP2350 Datasheet, 7.5, 8.1, 8.2,
/// 9.11, 12.1).</summary>
internal sealed class SimulatedPl011 : SimulatedUart
{
    private const uint Crystal = 0x40048000, Clocks = 0x40010000, Resets = 0x40020000;
    private const uint Pins = 0x40028000, Pads = 0x40038000, Uart = 0x40070000;
    private const uint PinsBit = 1 << 6, PadsBit = 1 << 9, UartBit = 1 << 26;
    private const double CrystalHz = 12_000_000;

    private readonly Dictionary<uint, uint> _registers = new() { [Resets] = 0x1FFFFFFF };
    private int _looksAtCrystal, _looksAtResets;

    /// <inheritdoc/>
    public override uint Read(uint address) => address switch
    {
        Crystal + 0x04 => IsCrystalStable(looks: true) ? 1u << 31 : 0,
        Clocks + 0x38 => 1u << (int)Register(Clocks + 0x30),
        Clocks + 0x44 => 1u << (int)(Register(Clocks + 0x3C) & 1),
        Resets + 0x08 => _looksAtResets++ < 2 ? 0 : ~Register(Resets) & 0x1FFFFFFF,
        Uart => Take(),
        Uart + 0x18 => (Incoming.Count == 0 ? 1u << 4 : 0) | (IsSending() ? 0 : 1u << 7),
        _ => Register(address),
    };

    /// <inheritdoc/>
    public override void Write(uint address, uint value)
    {
        if (address == Clocks + 0x30 && value == 2)
            Require(IsCrystalStable(looks: false), "the crystal is stable before a clock runs from it");
        uint held = Register(Resets);
        if (address - Pins < 0x1000) Require((held & PinsBit) == 0, "the pins are out of reset");
        if (address - Pads < 0x1000) Require((held & PadsBit) == 0, "the pads are out of reset");
        if (address - Uart < 0x1000) Require((held & UartBit) == 0, "the UART is out of reset");
        _registers[address] = value;
        if (address != Uart) return;
        RequireOn();
        Send(value);
    }

    private uint Register(uint address) => _registers.GetValueOrDefault(address);

    private bool IsCrystalStable(bool looks)
    {
        bool isOn = Register(Crystal) == (0xFABu << 12 | 0xAA0) && Register(Crystal + 0x0C) >= 47;
        if (isOn && looks) _looksAtCrystal++;
        return isOn && _looksAtCrystal > 2;
    }

    private uint Take()
    {
        RequireOn();
        return Incoming.Dequeue();
    }

    private void RequireOn()
    {
        Require((Register(Clocks + 0x30), Register(Clocks + 0x3C)) == (2u, 0u), "processor and peripherals run from the crystal");
        Require(Register(Clocks + 0x48) == 1 << 11, "peripherals have a clock");
        Require((Register(Uart + 0x30) & 0x301) == 0x301, "UART, receiver and transmitter are on");
        Require((Register(Uart + 0x2C) & 0x6E) == 0x60, "8 bits, no parity, one stop bit");
        RequireSpeed(CrystalHz / 16 / (Register(Uart + 0x24) + Register(Uart + 0x28) / 64.0));
        foreach (uint pin in Enumerable.Range(0, 2).Select(pin => (uint)pin))
        {
            uint pad = Register(Pads + 4 + 4 * pin);
            Require(Register(Pins + 4 + 8 * pin) == 2, $"pin {pin} is the UART's");
            Require((pad & (1 << 8 | 1 << 7)) == 0 && (pad & 1 << 6) != 0, $"pad {pin} is neither isolated nor off, and an input");
        }
    }
}
