using System;
using System.Runtime.InteropServices;
using EdgeCnn.Device;

namespace EdgeCnn.Pi.Frames;

/// <summary>One frame, a picture or a window of sound, in memory that the next ones use again.</summary>
internal sealed class Frame
{
    private byte[] _bytes = [];
    private int _count;

    /// <summary>How <see cref="Pixels"/> lie; of no meaning for sound.</summary>
    public FrameShape Shape { get; private set; }

    /// <summary>Samples of sound per second; 0 for a picture.</summary>
    public int SampleRate { get; private set; }

    /// <summary>Whether it is a window of sound in which no word is, so that nothing is classified.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Which frame since the start, the first is 1.</summary>
    public long Number { get; set; }

    /// <summary>When it was complete, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long CapturedAt { get; set; }

    /// <summary>Whether a newer frame is of more use than this one.</summary>
    public bool IsLive { get; set; }

    /// <summary>The bytes of a picture.</summary>
    public Span<byte> Pixels => _bytes.AsSpan(0, _count);

    /// <summary>The samples of a window of sound, the newest last.</summary>
    public Span<short> Samples => MemoryMarshal.Cast<byte, short>(Pixels);

    /// <summary>What it is, for the log.</summary>
    public string Size => SampleRate == 0
        ? $"{Shape.Width} × {Shape.Height}"
        : FormattableString.Invariant($"{SampleRate:n0} samples per second");

    /// <summary>Makes room for a picture. Allocates only for one that is larger than all before.</summary>
    /// <returns>Where its bytes go.</returns>
    public Span<byte> Begin(FrameShape shape)
    {
        (Shape, SampleRate, IsQuiet) = (shape, 0, false);
        return Room(shape.FrameBytes);
    }

    /// <summary>Makes room for a window of sound. Allocates only for one that is larger than all before.</summary>
    /// <param name="rate">Samples per second.</param>
    /// <param name="count">How many.</param>
    /// <returns>Where they go.</returns>
    public Span<short> BeginSound(int rate, int count)
    {
        (SampleRate, IsQuiet) = (rate, false);
        return MemoryMarshal.Cast<byte, short>(Room(sizeof(short) * count));
    }

    /// <summary>Takes over what another frame shows.</summary>
    public void Copy(Frame other)
    {
        other.Pixels.CopyTo(Room(other._count));
        (Shape, SampleRate, IsQuiet) = (other.Shape, other.SampleRate, other.IsQuiet);
        (Number, CapturedAt, IsLive) = (other.Number, other.CapturedAt, other.IsLive);
    }

    private Span<byte> Room(int bytes)
    {
        _count = bytes;
        if (_bytes.Length < bytes) _bytes = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        return Pixels;
    }
}
