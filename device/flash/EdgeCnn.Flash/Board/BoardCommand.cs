using System.Collections.Frozen;
using System.Collections.Generic;

namespace EdgeCnn.Flash.Board;

/// <summary>What a host asks of a board (PROTOCOL.md, "Commands").</summary>
public enum BoardCommand : byte
{
    /// <summary>Describes the board, and begins a session.</summary>
    Info = 0x01,

    /// <summary>Describes what a slot holds.</summary>
    Slot = 0x02,

    /// <summary>Makes a block of a slot blank.</summary>
    Erase = 0x03,

    /// <summary>CRC-32 of a part of a slot.</summary>
    Crc = 0x04,

    /// <summary>Writes pages of a slot.</summary>
    Page = 0x05,

    /// <summary>Checks a slot's model file.</summary>
    Verify = 0x06,

    /// <summary>Checks and tests a slot's model, and runs it from now on.</summary>
    Activate = 0x07,

    /// <summary>Fills a part of an input.</summary>
    Input = 0x10,

    /// <summary>Runs the model.</summary>
    Run = 0x11,

    /// <summary>Reads a part of an output.</summary>
    Output = 0x12,

    /// <summary>Describes every operator's output.</summary>
    Probe = 0x13,

    /// <summary>Runs the model's own test.</summary>
    SelfTest = 0x14,

    /// <summary>Learns the sample in the inputs.</summary>
    Learn = 0x20,

    /// <summary>Forgets what was learned.</summary>
    Forget = 0x21,

    /// <summary>Writes what was learned into the delta buffer.</summary>
    MakeDelta = 0x22,

    /// <summary>Reads a part of the delta buffer.</summary>
    ReadDelta = 0x23,

    /// <summary>Fills a part of the delta buffer.</summary>
    PutDelta = 0x24,

    /// <summary>Applies the delta in the buffer.</summary>
    ApplyDelta = 0x25,

    /// <summary>Saves the delta in the buffer.</summary>
    SaveDelta = 0x26,

    /// <summary>Drops the saved delta.</summary>
    DropDelta = 0x27,

    /// <summary>Starts the board again.</summary>
    Reset = 0x30,
}

/// <summary>What is known of commands besides.</summary>
internal static class BoardCommands
{
    private static readonly FrozenSet<BoardCommand> s_long = FrozenSet.Create(
        BoardCommand.Slot, BoardCommand.Erase, BoardCommand.Crc, BoardCommand.Verify, BoardCommand.Activate,
        BoardCommand.Run, BoardCommand.Probe, BoardCommand.SelfTest,
        BoardCommand.Learn, BoardCommand.Forget,
        BoardCommand.MakeDelta, BoardCommand.ApplyDelta, BoardCommand.SaveDelta, BoardCommand.DropDelta);

    private static readonly FrozenSet<BoardCommand> s_flash = FrozenSet.Create(
        BoardCommand.Info, BoardCommand.Slot, BoardCommand.Erase, BoardCommand.Crc, BoardCommand.Page, BoardCommand.Verify,
        BoardCommand.Activate, BoardCommand.SelfTest, BoardCommand.DropDelta, BoardCommand.Reset);

    /// <summary>Whether the board may take seconds for it.</summary>
    public static bool IsLong(this BoardCommand command) => s_long.Contains(command);

    /// <summary>Whether it is about flash alone: doing it twice is the same as doing it once, also when the board started again in between.
    /// What is about RAM finds it empty then.</summary>
    public static bool IsAboutFlash(this BoardCommand command) => s_flash.Contains(command);
}
