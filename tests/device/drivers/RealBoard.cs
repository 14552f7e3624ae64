using System;
using EdgeCnn.Device.Tests.Simulated;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>A board that people own: what its file says, its firmware's driver, and a simulation of its chip.</summary>
internal sealed unsafe class RealBoard
{
    private delegate void ProgramPage(uint address, byte* from);

    private readonly Action _start;
    private readonly Action<uint> _erase;
    private readonly ProgramPage _program;

    private RealBoard(Chip chip, Action start, Action<uint> erase, ProgramPage program)
    {
        (Chip, _start, _erase, _program) = (chip, start, erase, program);
        uint flash = File.Address("FlashOrigin"), bytes = File.Address("ProgramBytes");
        chip.Flash.Protected = File.Property("ProgramOrigin") is null
            ? [(flash, bytes)]
            : [(flash, 8), (File.Address("ProgramOrigin"), bytes)];
    }

    /// <summary>Names of files of device/cortex-m/boards.</summary>
    internal static TheoryData<string> Names { get; } =
    [
        "netduinoplus2", "nucleo-f446re", "nucleo-f746zg", "nucleo-f767zi", "nucleo-h743zi", "pico2", "nrf52840-dk", "nrf5340-dk",
    ];

    internal static BoardFile File => BoardFile.Current;

    internal Chip Chip { get; }

    internal static int PageBytes => (int)Board.PageBytes;

    /// <summary>A board with blank flash.</summary>
    internal static RealBoard Start(string name)
    {
        BoardFile file = BoardFile.Use(name);
        string flash = file.Property("Flash")!;
        RealBoard board = flash switch
        {
            nameof(Stm32SectorFlash) => new(
                new Stm32SectorChip((int)Board.SmallSectorBytes, (int)file.Size("FlashLength")),
                Stm32SectorFlash.Start, Stm32SectorFlash.Erase, Stm32SectorFlash.Program),
            nameof(Stm32H7Flash) => new(new Stm32H7Chip(), Stm32H7Flash.Start, Stm32H7Flash.Erase, Stm32H7Flash.Program),
            nameof(NvmcFlash) => new(
                new NvmcChip(file.Property("Cpu") == "cortex-m4" ? 0x4001E000u : 0x50039000u, file.Property("Cpu") == "cortex-m4"),
                NvmcFlash.Start, NvmcFlash.Erase, NvmcFlash.Program),
            nameof(Rp2350Flash) => new(
                new Rp2350Chip((int)file.Size("FlashLength")), Rp2350Flash.Start, Rp2350Flash.Erase, Rp2350Flash.Program),
            _ => throw new InvalidOperationException($"no simulation of what {flash} drives"),
        };
        board._start();
        return board;
    }

    /// <summary>Where an area begins.</summary>
    internal static uint Address(int area) => (uint)FlashMemory.Address(area);

    /// <summary>Its bytes.</summary>
    internal static int AreaBytes(int area) => FlashMemory.AreaBytes(area);

    /// <summary>What an area holds.</summary>
    internal Span<byte> Area(int area) => Chip.Flash.Span(Address(area), AreaBytes(area));

    /// <summary>The board is switched on again.</summary>
    internal void Restart()
    {
        Chip.Reset();
        Chip.Flash.CutAt = 0;
        _start();
    }

    internal void Erase(uint address) => _erase(address);

    internal void Program(uint address, ReadOnlySpan<byte> page)
    {
        fixed (byte* from = page) _program(address, from);
    }
}
