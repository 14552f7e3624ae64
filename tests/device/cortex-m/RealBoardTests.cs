using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>Firmware for boards that people own: everything lies where their chips look for it.</summary>
public sealed partial class RealBoardTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgecnn-boards-");

    [Theory]
    [InlineData("netduinoplus2")]
    [InlineData("nucleo-f446re")]
    [InlineData("nucleo-f746zg")]
    [InlineData("nucleo-f767zi")]
    [InlineData("nucleo-h743zi")]
    [InlineData("pico2")]
    [InlineData("nrf52840-dk")]
    [InlineData("nrf5340-dk")]
    public void Everything_lies_where_the_chip_looks_for_it(string name)
    {
        string model = Path.Combine(Repository.Root, "models", "digits8x8", "model.ecnn");
        string elf = Path.Combine(_folder.FullName, "firmware.elf");
        CommandResult build = new Firmware(name, model) { Program = "firmware" }.Build(elf);
        Assert.True(build.ExitCode == 0, build.Output);
        BoardFile board = BoardFile.Use(name);
        var image = new FlashImage(elf);
        uint flash = board.Address("FlashOrigin"), ram = board.Address("RamOrigin"), ramEnd = ram + board.Size("RamLength");
        uint program = board.Property("ProgramOrigin") is null ? flash : board.Address("ProgramOrigin");
        uint programEnd = program + board.Address("ProgramBytes"), slot = board["Slots"];

        RequireVectors(image, flash, program, programEnd, ram, ramEnd);
        if (program != flash) RequireVectors(image, program, program, programEnd, ram, ramEnd);
        Assert.All(image.Segments, piece => Assert.True(IsInside(piece), $"{piece} is not inside the board's memory"));
        Assert.Equal(new FileInfo(model).Length, image.Segments.Single(piece => piece.LoadAddress == slot).FileBytes);
        RequireAreas(board, flash, programEnd);
        if (board.Property("Chip") == "Rp2350") RequireImageDefinition(image, flash);
        Measured.Note($"{name}, firmware: {Sizes().Match(build.Output).Value}");

        bool IsInside(FlashImage.Segment piece)
        {
            (uint From, uint End)[] places = [(program, programEnd), (flash, flash + 8), (slot, slot + board["SlotBytes"])];
            bool isStored = piece.FileBytes == 0 || places.Any(place => Fits(piece.LoadAddress, piece.FileBytes, place.From, place.End));
            bool staysThere = piece.Address == piece.LoadAddress && piece.FileBytes == piece.Bytes;
            return isStored && (staysThere || Fits(piece.Address, piece.Bytes, ram, ramEnd));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void RequireVectors(FlashImage image, uint at, uint program, uint programEnd, uint ram, uint ramEnd)
    {
        uint stack = image.Word(at), reset = image.Word(at + 4);
        Assert.InRange(stack, ram + 1, ramEnd);
        Assert.Equal(0u, stack % 8);
        Assert.Equal(1u, reset % 2);
        Assert.InRange(reset, program, programEnd - 1);
        Assert.True(image.Stores(reset - 1));
    }

    /// <summary>Areas lie in flash, behind each other or before the program, and not on it; slots are of whole blocks.</summary>
    private static void RequireAreas(BoardFile board, uint flash, uint programEnd)
    {
        uint end = flash + board.Size("FlashLength"), program = programEnd - board.Address("ProgramBytes");
        (uint From, uint Bytes)[] areas =
        [
            (board["Slots"], 2 * board["SlotBytes"]), (board["Journal"], 2 * board["JournalBytes"]),
            (board["Deltas"], 2 * board["DeltaBytes"]), (program, programEnd - program),
        ];
        Array.Sort(areas);
        Assert.All(areas, area => Assert.InRange(area.From + area.Bytes, flash, end));
        Assert.All(areas.Zip(areas.Skip(1)), pair => Assert.True(pair.First.From + pair.First.Bytes <= pair.Second.From));
        Assert.Equal((0u, 0u), ((board["Slots"] - flash) % board["EraseBytes"], board["SlotBytes"] % board["EraseBytes"]));
    }

    /// <summary>Reads the first 4 KB as the RP2350's ROM does (RP2350 Datasheet, 5.1.5.1 and 5.9): a loop of blocks, one of which says that
    /// an executable for secure Arm processors follows.</summary>
    private static void RequireImageDefinition(FlashImage image, uint flash)
    {
        const uint begin = 0xFFFFDED3, end = 0xAB123579;
        uint block = Enumerable.Range(0, 1024).Select(i => flash + 4 * (uint)i).First(address => image.Word(address) == begin);
        uint item = block + 4, size = 0, type = 0;
        for (; (image.Word(item) & 0xFF) != 0xFF; item += 4 * size)
        {
            bool hasLongSize = (image.Word(item) & 0x80) != 0;
            size = image.Word(item) >> 8 & (hasLongSize ? 0xFFFFu : 0xFF);
            Assert.InRange(size, 1u, 32u);
            if ((image.Word(item) & 0x7F) == 0x42) type = image.Word(item) >> 16;
        }
        Assert.Equal((item - block - 4) / 4, image.Word(item) >> 8 & 0xFFFF);
        Assert.Equal((0u, end), (image.Word(item + 4), image.Word(item + 8)));
        Assert.Equal((1u, 2u, 0u, 1u), (type & 15, type >> 4 & 3, type >> 8 & 7, type >> 12 & 7));
    }

    private static bool Fits(uint from, int bytes, uint first, uint end) => from >= first && from + (uint)bytes <= end;

    [GeneratedRegex(@"cortex-\S+, bytes: text \d+, data \d+, bss \d+")]
    private static partial Regex Sizes();
}
