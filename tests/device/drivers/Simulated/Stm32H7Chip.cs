using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>Flash of an STM32H743 (RM0433, 4.3 and 4.9): two banks, each with its own controller, key and errors; flash words of 32 bytes,
/// written as eight words in a row; a flash word whose writing was cut can't be read.</summary>
internal sealed class Stm32H7Chip() : Chip(Start, FlashWord, [.. Enumerable.Repeat(SectorBytes, 16)])
{
    internal const int FlashWord = 32, SectorBytes = 0x20000;

    private const uint Start = 0x08000000, Controllers = 0x52002000, ControllerBytes = 0x100, BankBytes = 0x100000;
    private const uint Key = 0x04, Control = 0x0C, State = 0x10, Clear = 0x14;
    private const uint Lock = 1, Programming = 2, SectorErase = 4, Begins = 1 << 7;
    private const uint Busy = 1, BufferNotEmpty = 2, Queued = 4, EndOfOperation = 1 << 16, WriteProtectionError = 1 << 17;
    private const uint SequenceError = 1 << 18, InconsistencyError = 1 << 21, UncorrectableError = 1 << 26;
    private const uint Errors = 0x07EE0000;

    private Bank[] _banks = [new(), new()];
    private readonly HashSet<uint> _torn = [];

    private sealed class Bank
    {
        internal KeyLock Lock { get; } = new();
        internal List<byte> Buffer { get; } = [];
        internal uint BufferAt, State, Control;
    }

    /// <summary>Sectors, of both banks, that the option bytes protect.</summary>
    internal HashSet<int> WriteProtected { get; } = [];

    /// <inheritdoc/>
    internal override bool IsLocked => _banks.All(bank => bank.Lock.IsLocked);

    /// <inheritdoc/>
    internal override void Reset()
    {
        base.Reset();
        _banks = [new(), new()];
    }

    /// <summary>Power goes while a flash word is written.</summary>
    internal void Tear(uint address) => _torn.Add(address & ~(FlashWord - 1u));

    /// <summary>Whether a piece of flash reads without a fault.</summary>
    internal bool IsReadable(uint address, uint bytes) => !_torn.Any(word => word - address < bytes);

    /// <summary>Reads with faults ignored.</summary>
    internal void Touch(uint address, uint bytes)
    {
        if (!IsReadable(address, bytes)) _banks[BankOf(address)].State |= UncorrectableError;
    }

    /// <inheritdoc/>
    public override uint Read(uint address)
    {
        (Bank bank, uint register) = Register(address);
        return register switch
        {
            State => bank.State | (bank.Buffer.Count > 0 ? BufferNotEmpty : 0) | (IsBusy() ? Busy | Queued : 0),
            Control => bank.Control & ~Lock | (bank.Lock.IsLocked ? Lock : 0),
            _ => throw Bus.Unknown(address),
        };
    }

    /// <inheritdoc/>
    public override void Write(uint address, uint value)
    {
        if (Flash.Contains(address))
        {
            Program(_banks[BankOf(address)], address, value);
            return;
        }
        (Bank bank, uint register) = Register(address);
        if (register == Key) bank.Lock.Key(value);
        else if (register == Clear) bank.State &= ~value;
        else if (register == Control) WriteControl(bank, value);
        else throw Bus.Unknown(address);
    }

    private void WriteControl(Bank bank, uint value)
    {
        if (bank.Lock.IsLocked) return;
        RequireIdle();
        if (bank.Buffer.Count > 0) throw new ChipRuleException("a flash word is not whole");
        bank.Control = value;
        if ((value & Lock) != 0) bank.Lock.Lock();
        if ((value & Begins) == 0) return;
        if ((value & Programming) != 0) throw new ChipRuleException("an erase begins while programming is on");
        if ((value & SectorErase) == 0) throw new ChipRuleException("nothing that could begin is chosen");
        int sector = (int)(value >> 8 & 7) + 8 * Array.IndexOf(_banks, bank);
        if (!IsAllowed(bank, sector)) return;
        Flash.Erase(sector);
        (uint from, int bytes) = Flash.Sector(sector);
        _torn.RemoveWhere(word => word - from < bytes);
        Begin();
        bank.State |= EndOfOperation;
    }

    private void Program(Bank bank, uint address, uint value)
    {
        RequireIdle();
        if (bank.Lock.IsLocked || (bank.Control & Programming) == 0)
        {
            bank.State |= SequenceError;
            return;
        }
        if (!IsAllowed(bank, Flash.SectorOf(address))) return;
        if (bank.Buffer.Count == 0) bank.BufferAt = address & ~(FlashWord - 1u);
        if (address != bank.BufferAt + bank.Buffer.Count)
        {
            bank.State |= InconsistencyError;
            return;
        }
        bank.Buffer.AddRange(BitConverter.GetBytes(value));
        if (bank.Buffer.Count < FlashWord) return;
        Flash.Program(bank.BufferAt, bank.Buffer.ToArray());
        bank.Buffer.Clear();
        Begin();
        bank.State |= EndOfOperation;
    }

    private bool IsAllowed(Bank bank, int sector)
    {
        if ((bank.State & Errors) != 0) return false;
        if (WriteProtected.Contains(sector)) bank.State |= WriteProtectionError;
        return !WriteProtected.Contains(sector);
    }

    private static int BankOf(uint address) => (int)((address - Start) / BankBytes);

    private (Bank Bank, uint Register) Register(uint address)
    {
        uint offset = address - Controllers;
        if (offset >= 2 * ControllerBytes) throw Bus.Unknown(address);
        return (_banks[offset / ControllerBytes], offset % ControllerBytes);
    }
}
