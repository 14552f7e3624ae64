using System;
using System.Threading;
using EdgeCnn.Flash.Link;

namespace EdgeCnn.Device.Tests;

/// <summary>The line was cut, as the test wanted.</summary>
internal sealed class CutLineException() : Exception("the line was cut");

/// <summary>A line that is cut after so many bytes, in the midst of a frame.</summary>
internal sealed class CutLine(Transport line) : Transport
{
    public override string Name => line.Name;

    internal int BytesLeft { get; set; } = int.MaxValue;

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(BytesLeft, bytes.Length);
        line.Write(bytes[..count]);
        BytesLeft -= count;
        if (count < bytes.Length) throw new CutLineException();
    }

    public override int Read(Span<byte> bytes, TimeSpan limit, CancellationToken cancellation) => line.Read(bytes, limit, cancellation);

    protected override void Dispose(bool disposing) => line.Dispose();
}
