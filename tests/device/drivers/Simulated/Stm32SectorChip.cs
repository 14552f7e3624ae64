using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>Flash of an STM32F4 or F7 (RM0090, 3.5, 3.6 and 3.9; RM0410, 3.3 and 3.7): four sectors, one of four times, the rest of eight
/// times their bytes; errors are flags that stay until they are cleared, and forbid the next operation.</summary>
internal sealed class Stm32SectorChip(int smallSectorBytes, int flashBytes) : Chip(Start, Word, SectorBytes(smallSectorBytes, flashBytes))
{
    private const uint Start = 0x08000000, Key = 0x40023C04, State = 0x40023C0C, Control = 0x40023C10;
    private const uint EndOfOperation = 1, WriteProtectionError = 1 << 4, SizeError = 1 << 6, SequenceError = 1 << 7, Busy = 1 << 16;
    private const uint Errors = 0x1F2;
    private const uint Programming = 1, SectorErase = 2, ByWords = 2 << 8, SizeMask = 3 << 8, Begins = 1 << 16, Lock = 1u << 31;
    private const int Word = 4;

    private KeyLock _lock = new();
    private uint _state, _control = Lock;

    /// <summary>Sectors that the option bytes protect.</summary>
    internal HashSet<int> WriteProtected { get; } = [];

    /// <inheritdoc/>
    internal override bool IsLocked => _lock.IsLocked;

    /// <inheritdoc/>
    internal override void Reset()
    {
        base.Reset();
        (_lock, _state, _control) = (new KeyLock(), 0, Lock);
    }

    /// <inheritdoc/>
    public override uint Read(uint address) => address switch
    {
        State => _state | (IsBusy() ? Busy : 0),
        Control => _control & ~Lock | (_lock.IsLocked ? Lock : 0),
        _ => throw Bus.Unknown(address),
    };

    /// <inheritdoc/>
    public override void Write(uint address, uint value)
    {
        if (address == Key) _lock.Key(value);
        else if (address == State) _state &= ~value;
        else if (address == Control) WriteControl(value);
        else if (Flash.Contains(address)) Program(address, value);
        else throw Bus.Unknown(address);
    }

    private void WriteControl(uint value)
    {
        if (_lock.IsLocked) return;
        RequireIdle();
        _control = value;
        if ((value & Lock) != 0) _lock.Lock();
        if ((value & Begins) == 0) return;
        if ((value & Programming) != 0) throw new ChipRuleException("an erase begins while programming is on");
        if ((value & SectorErase) == 0) throw new ChipRuleException("nothing that could begin is chosen");
        int sector = (int)(value >> 3 & 31);
        if (!IsAllowed(sector)) return;
        Flash.Erase(sector);
        Begin();
        _state |= EndOfOperation;
    }

    private void Program(uint address, uint value)
    {
        if (_lock.IsLocked || (_control & Programming) == 0) _state |= SequenceError;
        else if ((_control & SizeMask) != ByWords) _state |= SizeError;
        else if (IsAllowed(Flash.SectorOf(address)))
        {
            RequireIdle();
            Flash.Program(address, BitConverter.GetBytes(value));
            Begin();
            _state |= EndOfOperation;
        }
    }

    private bool IsAllowed(int sector)
    {
        if ((_state & Errors) != 0) return false;
        if (WriteProtected.Contains(sector)) _state |= WriteProtectionError;
        return !WriteProtected.Contains(sector);
    }

    private static int[] SectorBytes(int small, int flash) =>
        [small, small, small, small, 4 * small, .. Enumerable.Repeat(8 * small, flash / (8 * small) - 1)];
}
