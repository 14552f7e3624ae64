using System.Collections.Generic;

namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>A USART of an STM32, its port and their clocks: what has no clock does not answer. Registers of the F4 are those of RM0090,
/// chapters 7, 8 and 30; of the F7 and H7, RM0410, 34.8, and RM0433, 48.7.</summary>
/// <param name="board">Which USART, and where it is switched on.</param>
/// <param name="isNewer">Whether it is the F7's and H7's.</param>
internal sealed class SimulatedUsart(BoardFile board, bool isNewer) : SimulatedUart
{
    private const uint HasByte = 1 << 5, HasRoom = 1 << 7;

    private readonly Dictionary<uint, uint> _others = [];
    private readonly uint _usart = board["UartBase"], _port = board["PinPort"];

    private uint Control => isNewer ? 0x00u : 0x0C;

    private uint Divider => isNewer ? 0x0Cu : 0x08;

    private uint State => isNewer ? 0x1Cu : 0x00;

    private uint Enabled => isNewer ? 1u << 0 : 1 << 13;

    /// <inheritdoc/>
    public override uint Read(uint address)
    {
        if (IsOf(_port, address)) RequireClock("PinClock");
        if (!IsOf(_usart, address)) return _others.GetValueOrDefault(address);
        RequireClock("UartEnable");
        uint register = address - _usart;
        if (register == State) return (Incoming.Count > 0 ? HasByte : 0) | (IsSending() ? 0 : HasRoom);
        if (register != (isNewer ? 0x24u : 0x04)) throw Bus.Unknown(address);
        RequireOn();
        return Incoming.Dequeue();
    }

    /// <inheritdoc/>
    public override void Write(uint address, uint value)
    {
        if (IsOf(_port, address)) RequireClock("PinClock");
        if (IsOf(_usart, address)) RequireClock("UartEnable");
        if (address != _usart + (isNewer ? 0x28u : 0x04))
        {
            _others[address] = value;
            return;
        }
        RequireOn();
        Send(value);
    }

    private static bool IsOf(uint device, uint address) => address - device < 0x40;

    private void RequireClock(string register) =>
        Require((_others.GetValueOrDefault(board[register]) >> (int)board[register + "Bit"] & 1) != 0, $"{register} is on");

    private void RequireOn()
    {
        uint control = _others.GetValueOrDefault(_usart + Control);
        Require((control & Enabled) != 0 && (control >> 2 & 3) == 3, "USART, receiver and transmitter are on");
        RequireSpeed((double)board["UartClock"] / _others.GetValueOrDefault(_usart + Divider));
        RequireConnected(board["TransmitPin"]);
        RequireConnected(board["ReceivePin"]);
    }

    // USART 1 to 3 are alternate function 7 of their pins.
    private void RequireConnected(uint pin)
    {
        uint mode = _others.GetValueOrDefault(_port) >> (int)(2 * pin) & 3;
        uint function = _others.GetValueOrDefault(_port + 0x20 + 4 * (pin / 8)) >> (int)(4 * (pin % 8)) & 15;
        Require((mode, function) == (2u, 7u), $"pin {pin} is connected");
    }
}
