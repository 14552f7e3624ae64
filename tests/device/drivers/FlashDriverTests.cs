using System;
using System.Linq;
using EdgeCnn.Board;
using EdgeCnn.Device.Tests.Simulated;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>The firmware's flash drivers, over simulations of the chips that throw or refuse where the manuals do.</summary>
public sealed class FlashDriverTests
{
    public static TheoryData<string> Boards => RealBoard.Names;

    [Theory]
    [MemberData(nameof(Boards))]
    public void Every_page_of_every_area_keeps_what_is_written_there(string name)
    {
        RealBoard board = RealBoard.Start(name);
        byte[][] written = [.. Enumerable.Range(0, FlashArea.Count).Select(area => Fill(board, area))];

        for (int area = 0; area < FlashArea.Count; area++) Assert.True(board.Area(area).SequenceEqual(written[area]), $"area {area}");
        Assert.True(board.Chip.IsLocked);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void An_erase_makes_a_block_blank_and_nothing_else(string name)
    {
        RealBoard board = RealBoard.Start(name);
        byte[][] expected = [.. Enumerable.Range(0, FlashArea.Count).Select(area => Fill(board, area))];
        for (int area = 0; area < FlashArea.Count; area++)
        {
            int block = Math.Min((int)Board.EraseBytes, RealBoard.AreaBytes(area)), last = RealBoard.AreaBytes(area) - block;
            board.Erase(RealBoard.Address(area) + (uint)last);
            expected[area].AsSpan(last).Fill(0xFF);
            Assert.All(Enumerable.Range(0, FlashArea.Count), other => Assert.True(board.Area(other).SequenceEqual(expected[other])));

            byte[] page = Page(area);
            board.Program(RealBoard.Address(area) + (uint)last, page);
            page.CopyTo(expected[area], last);
        }
        Assert.True(board.Chip.IsLocked);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Blocks_of_slots_begin_where_sectors_do_and_areas_do_not_meet(string name)
    {
        RealBoard board = RealBoard.Start(name);
        var sectors = Enumerable.Range(0, FlashArea.Count).Select(area =>
        {
            uint from = RealBoard.Address(area);
            int bytes = RealBoard.AreaBytes(area);
            return (First: board.Chip.Flash.SectorOf(from), Last: board.Chip.Flash.SectorOf(from + (uint)bytes - 1));
        }).OrderBy(piece => piece.First).ToArray();

        Assert.All(sectors.Zip(sectors.Skip(1)), pair => Assert.True(pair.First.Last < pair.Second.First));
        for (int slot = 0; slot < FlashArea.FirstJournal; slot++)
            for (uint at = 0; at < RealBoard.AreaBytes(slot); at += Board.EraseBytes)
            {
                uint block = RealBoard.Address(slot) + at;
                Assert.Equal(block, board.Chip.Flash.Sector(board.Chip.Flash.SectorOf(block)).From);
            }
        Assert.Equal(0, RealBoard.AreaBytes(0) % (int)Board.EraseBytes);
    }

    [Theory]
    [InlineData("nucleo-f446re")]
    [InlineData("nucleo-f746zg")]
    [InlineData("nucleo-h743zi")]
    public void After_an_error_the_next_operation_succeeds(string name)
    {
        RealBoard board = RealBoard.Start(name);
        uint slot = RealBoard.Address(0), other = RealBoard.Address(1);
        int sector = board.Chip.Flash.SectorOf(slot);
        if (board.Chip is Stm32SectorChip sectors) sectors.WriteProtected.Add(sector);
        if (board.Chip is Stm32H7Chip banks) banks.WriteProtected.Add(sector);

        board.Program(slot, Page(1));
        board.Erase(slot);
        board.Program(other, Page(2));

        Assert.False(board.Chip.Flash.Span(slot, RealBoard.PageBytes).ContainsAnyExcept((byte)0xFF));
        Assert.True(board.Chip.Flash.Span(other, RealBoard.PageBytes).SequenceEqual(Page(2)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(FlashArea.FirstJournal)]
    [InlineData(FlashArea.FirstJournal + 1)]
    [InlineData(FlashArea.FirstDelta)]
    public void A_flash_word_that_was_cut_is_erased_at_the_next_start_and_nothing_else(int cut)
    {
        RealBoard board = RealBoard.Start("nucleo-h743zi");
        var chip = (Stm32H7Chip)board.Chip;
        byte[][] expected = [.. Enumerable.Range(0, FlashArea.Count).Select(area => Fill(board, area))];
        int last = RealBoard.AreaBytes(cut) - Stm32H7Chip.FlashWord, block = Math.Min((int)Board.EraseBytes, RealBoard.AreaBytes(cut));
        chip.Tear(RealBoard.Address(cut) + (uint)last);

        board.Restart();

        expected[cut].AsSpan(RealBoard.AreaBytes(cut) - block).Fill(0xFF);
        for (int area = 0; area < FlashArea.Count; area++)
        {
            Assert.True(chip.IsReadable(RealBoard.Address(area), (uint)RealBoard.AreaBytes(area)));
            Assert.True(board.Area(area).SequenceEqual(expected[area]), $"area {area}");
        }
        Assert.True(chip.IsLocked);
    }

    private static byte[] Fill(RealBoard board, int area)
    {
        byte[] bytes = new byte[RealBoard.AreaBytes(area)];
        new Random(area).NextBytes(bytes);
        for (int at = 0; at < bytes.Length; at += RealBoard.PageBytes)
            board.Program(RealBoard.Address(area) + (uint)at, bytes.AsSpan(at, RealBoard.PageBytes));
        return bytes;
    }

    private static byte[] Page(int seed)
    {
        byte[] page = new byte[RealBoard.PageBytes];
        new Random(seed + 100).NextBytes(page);
        return page;
    }
}
