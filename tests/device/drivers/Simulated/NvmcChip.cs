using System;
using System.Linq;

namespace EdgeCnn.Device.Tests.Simulated;

/// <summary>Flash of an nRF52840 or nRF5340 ("NVMC" in their product specifications): written and erased only while that is allowed, by
/// whole words.</summary>
/// <param name="controller">Where its registers begin.</param>
/// <param name="hasEraseRegister">Whether a register erases; otherwise a page is erased by writing ones into its first word.</param>
internal sealed class NvmcChip(uint controller, bool hasEraseRegister) : Chip(0, Word, [.. Enumerable.Repeat(PageBytes, Pages)])
{
    internal const int PageBytes = 4096;

    private const int Word = 4, Pages = 256;
    private const uint Ready = 0x400, Configuration = 0x504, ErasePage = 0x508;
    private const uint ReadOnly = 0, Writing = 1, Erasing = 2, Ones = 0xFFFFFFFF;

    private uint _mode;

    /// <inheritdoc/>
    internal override bool IsLocked => _mode == ReadOnly;

    /// <inheritdoc/>
    internal override void Reset()
    {
        base.Reset();
        _mode = ReadOnly;
    }

    /// <inheritdoc/>
    public override uint Read(uint address) => address == controller + Ready ? IsBusy() ? 0u : 1u : throw Bus.Unknown(address);

    /// <inheritdoc/>
    public override void Write(uint address, uint value)
    {
        RequireIdle();
        if (address == controller + Configuration)
            _mode = value <= Erasing ? value : throw new ChipRuleException($"there is no mode {value}");
        else if (address == controller + ErasePage && hasEraseRegister) Erase(value);
        else if (!Flash.Contains(address)) throw Bus.Unknown(address);
        else if (_mode == Erasing && !hasEraseRegister && value == Ones) Erase(address);
        else if (_mode == Writing)
        {
            Flash.Program(address, BitConverter.GetBytes(value));
            Begin();
        }
        else throw new ChipRuleException("writing is not allowed");
    }

    private void Erase(uint address)
    {
        if (_mode != Erasing) throw new ChipRuleException("erasing is not allowed");
        if (address % PageBytes != 0) throw new ChipRuleException($"no page begins at {address:x8}");
        Flash.Erase((int)(address / PageBytes));
        Begin();
    }
}
