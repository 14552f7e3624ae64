using System;
using System.Collections.Generic;
using System.Threading;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;

namespace EdgeCnn.Flash.Tests.Support;

/// <summary>A line at whose other end a test decides what is answered: any number of frames, or raw bytes, to every request.</summary>
internal sealed class ScriptedBoard(Func<Frame, IEnumerable<byte[]>> answer) : Transport
{
    private readonly Queue<byte> _answers = [];

    /// <summary>Waits that no test feels.</summary>
    public static BoardTiming Quick { get; } = new()
    {
        Baud = 100_000_000,
        Answer = TimeSpan.FromMilliseconds(2),
        Work = TimeSpan.FromMilliseconds(2),
        Longest = TimeSpan.FromMilliseconds(4),
        Attempts = 4,
        WorkAttempts = 5,
    };

    public override string Name => "scripted";

    /// <summary>Every request that came.</summary>
    public List<Frame> Requests { get; } = [];

    /// <summary>The answer to Info.</summary>
    public static byte[] Info { get; } = Describe();

    /// <summary>An answer to a request.</summary>
    public static byte[] Answer(Frame request, BoardStatus status = BoardStatus.Done, params byte[] payload) =>
        new Frame((byte)(request.Command | Frame.AnswerBit), (byte)status, request.Number, payload).Encode();

    /// <summary>A board that answers Info as it should, and everything else as a test says.</summary>
    public static ScriptedBoard After(Func<Frame, IEnumerable<byte[]>> answer) =>
        new(request => request.Command == (byte)BoardCommand.Info ? [Answer(request, BoardStatus.Done, Info)] : answer(request));

    public BoardClient Connect() => new(this, Quick);

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        Frame request = Frame.Decode(bytes[1..^1].ToArray())!;
        Requests.Add(request);
        foreach (byte[] line in answer(request))
            foreach (byte b in line) _answers.Enqueue(b);
    }

    public override int Read(Span<byte> bytes, TimeSpan limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int count = 0;
        while (count < bytes.Length && _answers.TryDequeue(out bytes[count])) count++;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
    }

    private static byte[] Describe()
    {
        byte[] info = new byte[0x50];
        (info[0x00], info[0x01]) = (1, 0);
        (info[0x02], info[0x03]) = (0x18, 0x01);         // MaxPayload 280
        info[0x06] = 1;                                  // SlotBytes 65,536
        info[0x09] = 0x10;                               // EraseBytes 4,096
        info[0x0D] = 0x01;                               // PageBytes 256
        info[0x12] = 2;                                  // FreeBytes 131,072
        info[0x18] = 0xFF;                               // no model
        info.AsSpan(0x2C, 16).Fill(0xFF);                // all operators
        "scripted"u8.CopyTo(info.AsSpan(0x3C));
        return info;
    }
}
