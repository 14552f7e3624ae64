using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>Flash beside an RP2350, and the functions of its ROM for it (RP2350 Datasheet, 5.4): which may be called when, and with what.
/// What the flash says to the program's reads afterwards is right when it takes no commands any more, the cache is empty and the boot's way
/// of reading is set up.</summary>
internal sealed unsafe class Rp2350Chip : Chip, IDisposable
{
    internal const int PageBytes = 256, SectorBytes = 4096;

    private const uint Window = 0x10000000, Lookup = 0x5678, BootRam = 0x400E0000;
    private const int Words = 5, SetupBytes = 256;

    // Any addresses: a program must look them up.
    private static readonly Dictionary<string, uint> s_functions = new()
    {
        ["IF"] = 0x101,
        ["EX"] = 0x203,
        ["RE"] = 0x305,
        ["RP"] = 0x407,
        ["FC"] = 0x509,
    };

    private readonly byte[] _setup = [.. Enumerable.Range(0, SetupBytes).Select(i => (byte)(i * 7))];
    private readonly List<string> _done = [];

    internal Rp2350Chip(int flashBytes)
        : base(Window, PageBytes, [.. Enumerable.Repeat(SectorBytes, flashBytes / SectorBytes)]) =>
        Work = (byte**)NativeMemory.AllocZeroed(Words * Words * (nuint)sizeof(byte*) + SetupBytes);

    /// <summary>RAM for calls, and a routine behind them.</summary>
    internal byte** Work { get; }

    /// <inheritdoc/>
    internal override bool IsLocked => _done.Count == 0;

    /// <inheritdoc/>
    internal override void Reset()
    {
        base.Reset();
        _done.Clear();
    }

    /// <inheritdoc/>
    public override uint Read(uint address) => address switch
    {
        0x14 => Lookup << 16 | 0x1234,
        >= BootRam and < BootRam + SetupBytes => BitConverter.ToUInt32(_setup, (int)(address - BootRam)),
        _ => throw Bus.Unknown(address),
    };

    /// <inheritdoc/>
    public override void Write(uint address, uint value) => throw Bus.Unknown(address);

    /// <summary>Makes calls, as the routine in RAM does.</summary>
    internal byte* Run(byte** calls, int count)
    {
        byte* result = null;
        for (int i = 0; i < count; i++) result = Call(calls + i * Words);
        if (_done.Count > 0) throw new ChipRuleException($"the program goes on in flash after {string.Join(' ', _done)}");
        return result;
    }

    public void Dispose() => NativeMemory.Free(Work);

    private byte* Call(byte** call)
    {
        uint function = (uint)call[4];
        if (function == Lookup) return Find((uint)call[0], (uint)call[1]);
        string? name = s_functions.SingleOrDefault(entry => entry.Value == function).Key;
        switch (name)
        {
            case "RE":
                Require("IF", "EX");
                Erase((uint)call[0], (uint)call[1]);
                break;
            case "RP":
                Require("IF", "EX");
                Program((uint)call[0], call[1], (uint)call[2]);
                break;
            case null:
                Require("IF", "EX", _done.Contains("RE") ? "RE" : "RP", "FC");
                RequireSetup(call[4]);
                _done.Clear();
                return null;
        }
        _done.Add(name);
        return null;
    }

    private static byte* Find(uint code, uint flags)
    {
        const uint secureArm = 4;
        if (flags != secureArm) throw new ChipRuleException($"flags {flags} are not those of secure Arm functions");
        return (byte*)s_functions.GetValueOrDefault($"{(char)(code & 255)}{(char)(code >> 8)}");
    }

    private void Erase(uint offset, uint bytes)
    {
        if (offset % SectorBytes != 0 || bytes % SectorBytes != 0) throw new ChipRuleException($"no sectors at {offset:x}, {bytes} bytes");
        for (uint at = offset; at < offset + bytes; at += SectorBytes) Flash.Erase((int)(at / SectorBytes));
    }

    private void Program(uint offset, byte* from, uint bytes)
    {
        if (offset % PageBytes != 0 || bytes % PageBytes != 0) throw new ChipRuleException($"no pages at {offset:x}, {bytes} bytes");
        for (uint at = 0; at < bytes; at += PageBytes) Flash.Program(Window + offset + at, new ReadOnlySpan<byte>(from + at, PageBytes));
    }

    private void Require(params string[] before)
    {
        if (!_done.SequenceEqual(before))
            throw new ChipRuleException($"called after '{string.Join(' ', _done)}', not '{string.Join(' ', before)}'");
    }

    private void RequireSetup(byte* function)
    {
        bool isThumb = ((nuint)function & 1) != 0, isBehindCalls = function - 1 == (byte*)(Work + Words * Words);
        if (!isThumb || !isBehindCalls || !new ReadOnlySpan<byte>(function - 1, SetupBytes).SequenceEqual(_setup))
            throw new ChipRuleException("what is called in RAM is not the routine that sets reading up");
    }
}
