using System;
using EdgeCnn.Device.Tests.Simulated;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>The simulations are as strict as the chips: what a careless driver does, and what becomes of it.</summary>
public sealed class FlashRuleTests
{
    private const uint FirstKey = 0x45670123, SecondKey = 0xCDEF89AB;

    // Registers of the STM32F4 and F7, and of the first bank of the H7.
    private const uint Key = 0x40023C04, State = 0x40023C0C, Control = 0x40023C10;
    private const uint H7Key = 0x52002004, H7Control = 0x5200200C, H7State = 0x52002010, H7Clear = 0x52002014;

    [Fact]
    public void A_sector_chip_changes_nothing_while_it_is_locked()
    {
        var chip = new Stm32SectorChip(0x4000, 1 << 20);
        chip.Write(Control, 1 | 2 << 8);
        chip.Write(0x08040000, 0);

        Assert.Equal(0xFF, chip.Flash.Span(0x08040000, 1)[0]);
        Assert.Equal(1u << 7, chip.Read(State));
        Assert.Equal(1u << 31, chip.Read(Control));
    }

    [Theory]
    [InlineData(SecondKey, FirstKey)]
    [InlineData(FirstKey, FirstKey)]
    [InlineData(0u, SecondKey)]
    public void A_wrong_key_locks_for_ever(uint first, uint second)
    {
        var chip = new Stm32SectorChip(0x4000, 1 << 20);
        chip.Write(Key, first);
        chip.Write(Key, second);
        Unlock(chip);

        Assert.True(chip.IsLocked);
    }

    [Theory]
    [InlineData(0u, 1u << 7)]                                  // neither programming nor its width
    [InlineData(1u, 1u << 6)]                                  // bytes, where a word comes
    public void A_sector_chip_refuses_words_it_is_not_prepared_for(uint control, uint error)
    {
        var chip = new Stm32SectorChip(0x4000, 1 << 20);
        Unlock(chip);
        chip.Write(Control, control);
        chip.Write(0x08040000, 0);

        Assert.Equal(error, chip.Read(State));
        chip.Write(Control, 1 | 2 << 8);
        chip.Write(0x08040000, 0);
        Assert.Equal(0xFF, chip.Flash.Span(0x08040000, 1)[0]);
    }

    [Fact]
    public void A_sector_chip_has_rules_for_order_place_and_time()
    {
        var chip = new Stm32SectorChip(0x4000, 1 << 20);
        Unlock(chip);
        chip.Write(Control, 1 | 2 << 8);
        Assert.Throws<ChipRuleException>(() => chip.Write(0x08040002, 0));
        chip.Write(0x08040000, 0);
        Assert.Throws<ChipRuleException>(() => chip.Write(0x08040004, 0));
        while ((chip.Read(State) & 1 << 16) != 0)
        {
        }
        Assert.Throws<ChipRuleException>(() => chip.Write(0x08040000, 0));
        Assert.Throws<ChipRuleException>(() => chip.Write(Control, 1 << 16));
        Assert.Throws<ChipRuleException>(() => chip.Write(Control, 2 | 12 << 3 | 1 << 16));
        Assert.Equal(11, chip.Flash.SectorOf(0x080FFFFF));
        Assert.Equal((0x08010000u, 0x10000), chip.Flash.Sector(4));
    }

    [Fact]
    public void A_flash_word_is_written_whole_and_once()
    {
        var chip = new Stm32H7Chip();
        chip.Write(H7Key, FirstKey);
        chip.Write(H7Key, SecondKey);
        chip.Write(H7Control, 2);
        chip.Write(0x08020000, 1);
        Assert.Equal(2u, chip.Read(H7State));                                  // it waits for the rest
        Assert.Throws<ChipRuleException>(() => chip.Write(H7Control, 1));
        chip.Write(0x08020008, 1);
        Assert.Equal(2u | 1 << 21, chip.Read(H7State));
        chip.Write(H7Clear, 1 << 21);
        for (uint i = 4; i < 32; i += 4) chip.Write(0x08020000 + i, i);
        Assert.Throws<ChipRuleException>(() => chip.Write(0x08020020, 1));    // it is busy
        while ((chip.Read(H7State) & 5) != 0)
        {
        }
        for (uint i = 0; i < 28; i += 4) chip.Write(0x08020000 + i, i);
        Assert.Throws<ChipRuleException>(() => chip.Write(0x0802001C, 1));    // written since its erase
    }

    [Fact]
    public void Banks_have_keys_of_their_own_and_a_second_unlock_locks_for_ever()
    {
        var chip = new Stm32H7Chip();
        chip.Write(H7Key, FirstKey);
        chip.Write(H7Key, SecondKey);
        Assert.False(chip.IsLocked);
        chip.Write(0x08100000, 1);
        Assert.Equal(1u << 18, chip.Read(H7State + 0x100));

        chip.Write(H7Key, FirstKey);
        chip.Write(H7Key, SecondKey);
        Assert.True(chip.IsLocked);
    }

    [Fact]
    public void Nordic_chips_write_and_erase_only_while_that_is_allowed()
    {
        var chip = new NvmcChip(0x4001E000, hasEraseRegister: true);
        Assert.Throws<ChipRuleException>(() => chip.Write(0x20000, 0));
        Assert.Throws<ChipRuleException>(() => chip.Write(0x4001E508, 0x20000));
        chip.Write(0x4001E504, 1);
        Assert.Throws<ChipRuleException>(() => chip.Write(0x4001E508, 0x20000));
        Assert.Throws<ChipRuleException>(() => chip.Write(0x20002, 0));
        chip.Write(0x20000, 0);
        Assert.Throws<ChipRuleException>(() => chip.Write(0x20004, 0));
        while (chip.Read(0x4001E400) == 0)
        {
        }
        Assert.Throws<ChipRuleException>(() => chip.Write(0x20000, 0));
        chip.Write(0x4001E504, 2);
        Assert.Throws<ChipRuleException>(() => chip.Write(0x20000, uint.MaxValue));
        Assert.Throws<ChipRuleException>(() => chip.Write(0x4001E508, 0x20004));
    }

    [Fact]
    public unsafe void The_program_does_not_go_on_in_flash_that_takes_commands()
    {
        using var chip = new Rp2350Chip(1 << 22);
        byte*[] exit = [null, null, null, null, (byte*)0x203], erase = [null, (byte*)4096, null, null, (byte*)0x305];
        byte*[] connect = [null, null, null, null, (byte*)0x101];

        Assert.Contains("goes on in flash", Refusal(chip, connect));
        Assert.Contains("called after", Refusal(chip, erase));
        Assert.Contains("goes on in flash", Refusal(chip, exit));
    }

    private static unsafe string Refusal(Rp2350Chip chip, byte*[] call)
    {
        for (int i = 0; i < call.Length; i++) chip.Work[i] = call[i];
        return Assert.Throws<ChipRuleException>(() => chip.Run(chip.Work, 1)).Message;
    }

    private static void Unlock(Stm32SectorChip chip)
    {
        chip.Write(Key, FirstKey);
        chip.Write(Key, SecondKey);
    }
}
