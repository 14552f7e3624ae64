using System.Runtime;

namespace EdgeCnn.Device;

/// <summary>
/// Clocks and pins of an RP2350: the crystal of 12 MHz clocks the processor and the serial line, whose pins are connected. RP2350
/// Datasheet, 8.1 "Clocks", 8.2 "Crystal oscillator", 7.5 "Subsystem resets", 9.11 "GPIO registers".
/// </summary>
internal static class Rp2350
{
    private const uint Crystal = 0x40048000, CrystalState = Crystal + 0x04, CrystalDelay = Crystal + 0x0C;
    private const uint Upto15MHz = 0xAA0, EnableCrystal = 0xFAB << 12, IsStable = 1u << 31;
    private const uint StartDelay = 47;                                       // in 256 clocks: a millisecond at 12 MHz

    private const uint Clocks = 0x40010000, Reference = Clocks + 0x30, System = Clocks + 0x3C, Peripherals = Clocks + 0x48;
    private const uint Selected = 0x08;                                       // behind each clock's control: a bit for what it runs from
    private const uint FromCrystal = 2, FromReference = 0, EnablePeripherals = 1 << 11;

    private const uint Resets = 0x40020000, ResetDone = Resets + 0x08;
    private const uint Needed = 1 << 6 | 1 << 9 | 1 << 26;                    // the pins' functions, their pads, UART 0

    private const uint Functions = 0x40028004, FunctionBytes = 8, UartFunction = 2;
    private const uint Pads = 0x40038004, PadBytes = 4;
    private const uint ConnectedPad = 1 << 6 | 1 << 4 | 1 << 1;               // input on, 4 mA, hysteresis; not isolated

    [RuntimeExport("board_setup")]
    internal static void Setup()
    {
        Registers.Write(CrystalDelay, StartDelay);
        Registers.Write(Crystal, EnableCrystal | Upto15MHz);
        while ((Registers.Read(CrystalState) & IsStable) == 0)
        {
        }
        Select(Reference, FromCrystal);
        Select(System, FromReference);
        Registers.Write(Peripherals, EnablePeripherals);
        Registers.Write(Resets, Registers.Read(Resets) & ~Needed);
        while ((Registers.Read(ResetDone) & Needed) != Needed)
        {
        }
        Connect(Board.TransmitPin);
        Connect(Board.ReceivePin);
    }

    private static void Select(uint clock, uint source)
    {
        Registers.Write(clock, source);
        while ((Registers.Read(clock + Selected) & 1u << (int)source) == 0)
        {
        }
    }

    private static void Connect(uint pin)
    {
        Registers.Write(Functions + FunctionBytes * pin, UartFunction);
        Registers.Write(Pads + PadBytes * pin, ConnectedPad);
    }
}
