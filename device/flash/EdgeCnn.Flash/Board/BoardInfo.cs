using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace EdgeCnn.Flash.Board;

/// <summary>What a board says of itself (PROTOCOL.md, "Info").</summary>
/// <param name="Name">The board's name.</param>
/// <param name="Major">Version of the protocol.</param>
/// <param name="Minor">Version of the protocol, additions.</param>
/// <param name="MaxPayload">Largest payload of a frame, in bytes.</param>
/// <param name="SlotBytes">Size of a slot.</param>
/// <param name="EraseBytes">What one erase makes blank.</param>
/// <param name="PageBytes">The smallest piece that flash takes.</param>
/// <param name="FreeBytes">RAM for arena, learning, report and delta buffer.</param>
/// <param name="TicksPerSecond">Of run and probe; 0: the board has no clock.</param>
/// <param name="ActiveSlot">The slot that runs, 0 or 1; null without a model.</param>
/// <param name="BootResult">What ran after the last start.</param>
/// <param name="Flags">What the board demands and can do.</param>
/// <param name="Dropped">Frames dropped since the start.</param>
/// <param name="StackBytes">Deepest stack since the start; 0: not measured.</param>
/// <param name="FaultStatus">Of the last fault, as the processor states it; 0: none.</param>
/// <param name="FaultAt">Program counter of the last fault.</param>
/// <param name="Operators">Codes of the operators that are built in.</param>
public sealed record BoardInfo(
    string Name, int Major, int Minor, int MaxPayload, int SlotBytes, int EraseBytes, int PageBytes, int FreeBytes, uint TicksPerSecond,
    int? ActiveSlot, BootResult BootResult, BoardTraits Flags, uint Dropped, uint StackBytes, uint FaultStatus, uint FaultAt,
    IReadOnlySet<int> Operators)
{
    /// <summary>The version that this host speaks.</summary>
    public const int SpokenMajor = 1;

    private const int Bytes = 0x50, NameAt = 0x3C, NameBytes = 20, OperatorsAt = 0x2C, OperatorBytes = 16, NoSlot = 255;

    /// <summary>The slot that does not run, where an update goes.</summary>
    public int SpareSlot => ActiveSlot == 0 ? 1 : 0;

    /// <summary>Reads the answer to Info.</summary>
    /// <exception cref="FormatException">It is too short, of another major version, or impossible.</exception>
    internal static BoardInfo Read(ReadOnlySpan<byte> answer)
    {
        int major = answer.Length > 0 ? answer[0] : 0;
        if (major != SpokenMajor)
            throw new FormatException(
                $"speaks version {major} of the protocol, this tool speaks {SpokenMajor}; update the older of the two");
        if (answer.Length < Bytes)
            throw new FormatException($"describes itself in {answer.Length} bytes instead of {Bytes}; build its firmware again");
        var info = new BoardInfo(
            Encoding.ASCII.GetString(answer.Slice(NameAt, NameBytes)).TrimEnd('\0'), major, answer[1],
            BinaryPrimitives.ReadUInt16LittleEndian(answer[2..]),
            Int(answer, 0x04), Int(answer, 0x08), Int(answer, 0x0C), Int(answer, 0x10), Word(answer, 0x14),
            answer[0x18] == NoSlot ? null : answer[0x18], (BootResult)answer[0x19], (BoardTraits)answer[0x1A],
            Word(answer, 0x1C), Word(answer, 0x20), Word(answer, 0x24), Word(answer, 0x28),
            Codes(answer.Slice(OperatorsAt, OperatorBytes)));
        return info.IsPossible ? info : throw new FormatException("states impossible sizes of flash; build its firmware again");
    }

    /// <summary>Numbers of the bits that are set.</summary>
    internal static HashSet<int> Codes(ReadOnlySpan<byte> bits)
    {
        byte[] bytes = bits.ToArray();
        return [.. Enumerable.Range(0, 8 * bytes.Length).Where(code => (bytes[code / 8] >> (code % 8) & 1) != 0)];
    }

    /// <summary>A frame takes a page and the slot and offset before it, and flash is made of whole blocks of whole pages.</summary>
    private bool IsPossible => PageBytes > 0 && EraseBytes > 0 && SlotBytes > 0 && FreeBytes >= 0 && ActiveSlot is null or 0 or 1
        && MaxPayload >= PageBytes + 8 && EraseBytes % PageBytes == 0 && SlotBytes % EraseBytes == 0;

    private static uint Word(ReadOnlySpan<byte> answer, int at) => BinaryPrimitives.ReadUInt32LittleEndian(answer[at..]);

    private static int Int(ReadOnlySpan<byte> answer, int at) => (int)Math.Min(Word(answer, at), int.MaxValue);
}

/// <summary>What runs after a reset.</summary>
public enum BootResult : byte
{
    /// <summary>The slot of the newest record.</summary>
    Newest = 0,

    /// <summary>That slot's model was refused; the other one runs.</summary>
    FellBack = 1,

    /// <summary>No record: the first slot with a whole model.</summary>
    First = 2,

    /// <summary>No slot has one.</summary>
    Nothing = 3,
}

/// <summary>What a board demands, can do, and went through.</summary>
[Flags]
public enum BoardTraits : byte
{
    /// <summary>Nothing of that.</summary>
    None = 0,

    /// <summary>Only signed models.</summary>
    SignedOnly = 1,

    /// <summary>It can learn.</summary>
    CanLearn = 2,

    /// <summary>A saved delta is applied.</summary>
    DeltaApplied = 4,

    /// <summary>The last start was after a fault.</summary>
    AfterFault = 8,
}
