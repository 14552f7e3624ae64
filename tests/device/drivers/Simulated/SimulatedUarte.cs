using System.Collections.Generic;

namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>A UARTE of an nRF52 or nRF53 ("UARTE" in their product specifications): it reads and writes RAM by itself, when it is told
/// to.</summary>
internal sealed class SimulatedUarte(BoardFile board) : SimulatedUart
{
    internal const uint RamAt = 0x20001000;

    private const uint RamBytes = 8, HasReceived = 0x110, HasSent = 0x120;

    private readonly Dictionary<uint, uint> _registers = [];
    private readonly uint _uarte = board["UartBase"], _port = board["PinPort"];
    private bool _isReceiving, _isToBeSent;

    /// <inheritdoc/>
    public override uint Read(uint address)
    {
        if (address == _uarte + HasReceived) Receive();
        if (address == _uarte + HasSent && _isToBeSent && !IsSending())
        {
            _isToBeSent = false;
            _registers[address] = 1;
        }
        return Register(address);
    }

    /// <inheritdoc/>
    public override void Write(uint address, uint value)
    {
        bool isRegister = address - _uarte < 0x1000 || address - _port < 0x400 || address == board["CrystalStart"];
        if (!isRegister && address - RamAt >= RamBytes) throw Bus.Unknown(address);
        _registers[address] = value;
        if (address == _uarte && value == 1)
        {
            RequireOn();
            _isReceiving = true;
        }
        if (address != _uarte + 0x008 || value != 1) return;
        RequireOn();
        Require(Register(_uarte + HasSent) == 0, "the event of the byte before is cleared");
        Require(InRam(_uarte + 0x544) && _registers[_uarte + 0x548] == 1, "one byte of RAM is to be sent");
        Send(_registers[_registers[_uarte + 0x544]]);
        _isToBeSent = true;
    }

    private void Receive()
    {
        if (!_isReceiving || Incoming.Count == 0) return;
        Require(InRam(_uarte + 0x534) && _registers[_uarte + 0x538] == 1, "one byte of RAM is to be filled");
        _registers[_registers[_uarte + 0x534]] = Incoming.Dequeue();
        _registers[_uarte + HasReceived] = 1;
        _isReceiving = false;
    }

    private bool InRam(uint pointer) => _registers[pointer] - RamAt < RamBytes;

    private void RequireOn()
    {
        uint transmit = board["TransmitPin"], high = Register(_port + 0x08), outputs = Register(_port + 0x18);
        Require(Register(board["CrystalStart"]) == 1, "the crystal runs");
        Require(Register(_uarte + 0x500) == 8, "it is on");
        Require(Register(_uarte + 0x524) == 0x01D60000, "it runs at 115,200 baud");
        Require(Register(_uarte + 0x50C) == transmit, "it sends on its pin");
        Require(Register(_uarte + 0x514) == board["ReceivePin"], "it receives on its pin");
        Require((high & outputs & 1u << (int)transmit) != 0, "the pin is high, and an output");
        Require(_registers.TryGetValue(_port + 0x200 + 4 * board["ReceivePin"], out uint use) && use == 0, "the other one is an input");
    }

    private uint Register(uint address) => _registers.GetValueOrDefault(address);
}
