using System;
using EdgeCnn.Device;

namespace EdgeCnn.Pi.Frames;

/// <summary>One frame, in memory that the next ones use again.</summary>
internal sealed class Frame
{
    private byte[] _pixels = [];

    /// <summary>How <see cref="Pixels"/> lie.</summary>
    public FrameShape Shape { get; private set; }

    /// <summary>Which frame since the start, the first is 1.</summary>
    public long Number { get; set; }

    /// <summary>When it was complete, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long CapturedAt { get; set; }

    /// <summary>Whether a newer frame is of more use than this one.</summary>
    public bool IsLive { get; set; }

    /// <summary>The frame's bytes.</summary>
    public Span<byte> Pixels => _pixels.AsSpan(0, Shape.FrameBytes);

    /// <summary>Makes room for a frame. Allocates only for one that is larger than all before.</summary>
    /// <returns>Where its bytes go.</returns>
    public Span<byte> Begin(FrameShape shape)
    {
        Shape = shape;
        if (_pixels.Length < shape.FrameBytes) _pixels = GC.AllocateUninitializedArray<byte>(shape.FrameBytes, pinned: true);
        return Pixels;
    }

    /// <summary>Takes over what another frame shows.</summary>
    public void Copy(Frame other)
    {
        other.Pixels.CopyTo(Begin(other.Shape));
        (Number, CapturedAt, IsLive) = (other.Number, other.CapturedAt, other.IsLive);
    }
}
