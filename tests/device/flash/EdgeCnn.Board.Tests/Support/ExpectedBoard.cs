using System;
using System.Buffers.Binary;
using EdgeCnn.Board;
using LineFrame = EdgeCnn.Flash.Link.Frame;

namespace EdgeCnn.Tests.Boards;

/// <summary>What PROTOCOL.md says that a board does, in the fewest words: the session, slot 1, and how often it learned.</summary>
internal sealed class ExpectedBoard
{
    private const int Labels = 10;

    private int _session = -1, _next;
    private byte[] _lastAnswer = [];

    /// <summary>What slot 1 holds.</summary>
    internal byte[] Slot { get; } = new byte[SimulatedFlash.SlotBytes];

    /// <summary>Samples learned.</summary>
    internal int Learned { get; private set; }

    internal ExpectedBoard() => Slot.AsSpan().Fill(0xFF);

    /// <summary>Compares the answer to a request.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    internal string? Fault(LineFrame request, LineFrame answer)
    {
        if (answer.Command != (request.Command | LineFrame.AnswerBit) || answer.Number != request.Number) return "answers something else";
        if (request.Command == Command.Info && request.Number != _session) (_session, _next) = (request.Number, request.Number);
        int status = Status.OutOfOrder;
        if (_session >= 0 && request.Number == _next)
        {
            (status, _next) = (Do(request), (_next + 1) & 0xFFFF);
            _lastAnswer = answer.Encode();
            if (request.Command == Command.Learn && status == Status.Done && Word(answer, 0) != Learned) return "learned another number of times";
        }
        else if (_session >= 0 && request.Number == ((_next - 1) & 0xFFFF))
        {
            return answer.Encode().AsSpan().SequenceEqual(_lastAnswer) ? null : "the answer to a repeat is another one";
        }
        return answer.Status == status ? null : $"status {answer.Status} instead of {status}";
    }

    private int Do(LineFrame request)
    {
        int bytes = request.Payload.Length;
        switch (request.Command)
        {
            case Command.Info: return bytes == 0 ? Status.Done : Status.WrongLength;
            case Command.Erase: return bytes == 8 ? Erase(Word(request, 0), Word(request, 4)) : Status.WrongLength;
            case Command.Page: return bytes >= 8 ? Program(Word(request, 0), Word(request, 4), request.Payload.Span[8..]) : Status.WrongLength;
            case Command.Learn when bytes == 4:
                if ((uint)Word(request, 0) >= Labels) return Status.WrongArgument;
                Learned++;
                return Status.Done;
            case Command.Learn: return Status.WrongLength;
            default: return Status.UnknownCommand;
        }
    }

    private int Erase(int slot, int offset)
    {
        if (Check(slot, offset, SimulatedFlash.EraseBytes, SimulatedFlash.EraseBytes) is not Status.Done and var status) return status;
        Slot.AsSpan(offset, SimulatedFlash.EraseBytes).Fill(0xFF);
        return Status.Done;
    }

    private int Program(int slot, int offset, ReadOnlySpan<byte> pages)
    {
        if (Check(slot, offset, pages.Length, SimulatedFlash.PageBytes) is not Status.Done and var status) return status;
        for (int at = 0; at < pages.Length; at += SimulatedFlash.PageBytes)
        {
            Span<byte> there = Slot.AsSpan(offset + at, SimulatedFlash.PageBytes);
            ReadOnlySpan<byte> page = pages.Slice(at, SimulatedFlash.PageBytes);
            if (there.SequenceEqual(page)) continue;
            if (there.ContainsAnyExcept((byte)0xFF)) return Status.NotBlank;
            page.CopyTo(there);
        }
        return Status.Done;
    }

    private static int Check(int slot, int offset, int count, int unit)
    {
        if ((uint)slot > 1) return Status.WrongArgument;
        if (slot == 0) return Status.SlotInUse;
        bool isInside = offset >= 0 && offset <= SimulatedFlash.SlotBytes - count;
        return offset % unit == 0 && count % unit == 0 && isInside ? Status.Done : Status.WrongArgument;
    }

    private static int Word(LineFrame frame, int at) => BinaryPrimitives.ReadInt32LittleEndian(frame.Payload.Span[at..]);
}
