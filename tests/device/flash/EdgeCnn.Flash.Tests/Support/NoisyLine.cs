using System;
using System.Collections.Generic;
using System.Threading;
using EdgeCnn.Flash.Link;
using EdgeCnn.Tests.Boards;

namespace EdgeCnn.Flash.Tests.Support;

/// <summary>
/// A line to a simulated board that loses, doubles and flips bytes, repeats and delays whole frames, and is cut after a number of bytes; all of it drawn from a seed.
/// </summary>
internal sealed class NoisyLine(SimulatedBoard board, Random random, double errors, int cutAfter = int.MaxValue) : Transport
{
    private readonly Queue<byte> _arrived = [];
    private byte[] _before = [];
    private int _left = cutAfter;

    public override string Name => "noisy";

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        if (random.NextDouble() < errors * 20) Carry(_before);
        _before = [.. bytes];
        Carry(_before);
    }

    public override int Read(Span<byte> bytes, TimeSpan limit, CancellationToken cancellation)
    {
        if (_left <= 0) throw new LineException("noisy: the line was cut");
        int count = 0;
        while (count < bytes.Length && _arrived.TryDequeue(out bytes[count])) count++;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
    }

    /// <summary>To the board, and what it answers back.</summary>
    private void Carry(byte[] bytes)
    {
        board.Receive([.. Spoilt(bytes)]);
        foreach (byte value in Spoilt([.. board.Sent])) _arrived.Enqueue(value);
        board.Sent.Clear();
        if (_left <= 0) throw new LineException("noisy: the line was cut");
    }

    private IEnumerable<byte> Spoilt(byte[] bytes)
    {
        foreach (byte value in bytes)
        {
            if (--_left <= 0) yield break;
            bool isSpoilt = random.NextDouble() < errors;
            int kind = isSpoilt ? random.Next(3) : -1;
            if (kind == 0) continue;
            yield return kind == 1 ? (byte)(value ^ 1 << random.Next(8)) : value;
            if (kind == 2) yield return value;
        }
    }
}
