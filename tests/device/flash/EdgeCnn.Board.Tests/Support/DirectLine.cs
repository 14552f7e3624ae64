using System;
using System.Threading;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;

namespace EdgeCnn.Tests.Boards;

/// <summary>A line to a simulated board, which has answered when a write returns.</summary>
internal sealed class DirectLine(SimulatedBoard board) : Transport
{
    public override string Name => "simulated";

    /// <summary>A client of the board.</summary>
    internal static BoardClient Connect(SimulatedBoard board) => new(new DirectLine(board));

    public override void Write(ReadOnlySpan<byte> bytes) => board.Receive(bytes);

    public override int Read(Span<byte> bytes, TimeSpan limit, CancellationToken cancellation)
    {
        int count = 0;
        while (count < bytes.Length && board.Sent.TryDequeue(out byte value)) bytes[count++] = value;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
    }
}
