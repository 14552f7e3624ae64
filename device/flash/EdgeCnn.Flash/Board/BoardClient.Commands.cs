using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using EdgeCnn.Flash.Link;

namespace EdgeCnn.Flash.Board;

public sealed partial class BoardClient
{
    private const int IdBytes = 16;

    /// <summary>What a slot holds.</summary>
    public SlotInfo Slot(int slot)
    {
        ReadOnlySpan<byte> answer = Request(BoardCommand.Slot, Words((uint)slot), 8 + IdBytes);
        return new SlotInfo(slot, (int)Word(answer, 0), (int)Word(answer, 4), Convert.ToHexStringLower(answer.Slice(8, IdBytes)));
    }

    /// <summary>Makes the block at an offset blank.</summary>
    public void Erase(int slot, int offset) => Request(BoardCommand.Erase, Words((uint)slot, (uint)offset));

    /// <summary>CRC-32 of a part of a slot.</summary>
    public uint Crc(int slot, int offset, int count) => Word(Request(BoardCommand.Crc, Words((uint)slot, (uint)offset, (uint)count), 4), 0);

    /// <summary>Writes whole pages.</summary>
    public void Page(int slot, int offset, ReadOnlySpan<byte> pages) => Request(BoardCommand.Page, Words(pages, (uint)slot, (uint)offset));

    /// <summary>Checks a slot's file.</summary>
    /// <returns>Its size.</returns>
    public int Verify(int slot) => (int)Word(Request(BoardCommand.Verify, Words((uint)slot), 4), 0);

    /// <summary>Checks and tests a slot's model; the board runs it from now on.</summary>
    /// <returns>Its identity, 32 hexadecimal digits.</returns>
    public string Activate(int slot) => Convert.ToHexStringLower(Request(BoardCommand.Activate, Words((uint)slot), IdBytes)[..IdBytes]);

    /// <summary>Fills an input with its tensor's bytes.</summary>
    public void Input(int input, ReadOnlySpan<byte> tensor)
    {
        for (int at = 0, most = Info.MaxPayload - 8; at < tensor.Length; at += most)
            Request(BoardCommand.Input, Words(tensor.Slice(at, Math.Min(most, tensor.Length - at)), (uint)input, (uint)at));
    }

    /// <summary>Runs the model on its inputs.</summary>
    /// <returns>How long it took, in <see cref="BoardInfo.TicksPerSecond"/>.</returns>
    public uint Run() => Word(Request(BoardCommand.Run, default, 4), 0);

    /// <summary>Reads an output's tensor.</summary>
    public byte[] Output(int output, int count) =>
        Read(count, (at, most) => Request(BoardCommand.Output, Words((uint)output, (uint)at, (uint)most), most));

    /// <summary>Runs the model on its inputs, and describes every operator's output.</summary>
    public IReadOnlyList<BoardProbe> Probe()
    {
        var entries = new List<BoardProbe>();
        int fit = Info.MaxPayload / EdgeCnn.Probe.EntryBytes, added;
        do
        {
            added = AddEntries(entries);
        }
        while (added >= fit);
        return entries;
    }

    /// <summary>Runs the model's own test.</summary>
    /// <returns>The number of operators that were compared.</returns>
    public int SelfTest() => (int)Word(Request(BoardCommand.SelfTest, default, 4), 0);

    /// <summary>Starts the board again; this client is of no more use.</summary>
    public void Reset() => Request(BoardCommand.Reset, default);

    /// <summary>Entries from the first that is missing on; none behind the last operator.</summary>
    private int AddEntries(List<BoardProbe> entries)
    {
        ReadOnlySpan<byte> answer;
        try
        {
            answer = Request(BoardCommand.Probe, Words((uint)entries.Count));
        }
        catch (BoardException end) when (end.Status == BoardStatus.WrongArgument && entries.Count > 0)
        {
            return 0;
        }
        int count = answer.Length / EdgeCnn.Probe.EntryBytes;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = answer[(i * EdgeCnn.Probe.EntryBytes)..];
            entries.Add(new BoardProbe(
                BinaryPrimitives.ReadUInt64LittleEndian(entry[EdgeCnn.Probe.HashAt..]), Word(entry, EdgeCnn.Probe.TicksAt),
                (int)Word(entry, EdgeCnn.Probe.SmallestAt), (int)Word(entry, EdgeCnn.Probe.LargestAt)));
        }
        return count;
    }

    private delegate ReadOnlySpan<byte> Part(int at, int count);

    private byte[] Read(int count, Part part)
    {
        byte[] bytes = new byte[count];
        for (int at = 0; at < count; at += Info.MaxPayload)
        {
            int most = Math.Min(Info.MaxPayload, count - at);
            part(at, most)[..most].CopyTo(bytes.AsSpan(at));
        }
        return bytes;
    }

    /// <summary>Asks for an answer of at least so many bytes.</summary>
    private ReadOnlySpan<byte> Request(BoardCommand command, ReadOnlyMemory<byte> payload, int least)
    {
        ReadOnlySpan<byte> answer = Request(command, payload);
        return answer.Length >= least
            ? answer
            : throw new BoardSilentException(
                $"{Port}: the answer to {command} has {answer.Length} bytes instead of {least}; build the firmware again");
    }

    private static uint Word(ReadOnlySpan<byte> answer, int at) => BinaryPrimitives.ReadUInt32LittleEndian(answer[at..]);

    private static byte[] Words(params ReadOnlySpan<uint> words) => Words([], words);

    private static byte[] Words(ReadOnlySpan<byte> tail, params ReadOnlySpan<uint> words)
    {
        byte[] payload = new byte[sizeof(uint) * words.Length + tail.Length];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(sizeof(uint) * i), words[i]);
        tail.CopyTo(payload.AsSpan(sizeof(uint) * words.Length));
        return payload;
    }
}
