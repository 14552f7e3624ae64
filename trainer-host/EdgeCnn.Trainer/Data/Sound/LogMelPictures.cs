using System;

namespace EdgeCnn.Trainer.Data.Sound;

/// <summary>Makes log-mel pictures of clips with the runtime's own integer front end.</summary>
/// <param name="record">A <see cref="LogMelRecord"/>.</param>
internal sealed unsafe class LogMelPictures(byte[] record)
{
    private readonly byte[] _scratch = new byte[8 << LogMelRecord.MaxSizeBits];
    private readonly short[] _samples = new short[SamplesOf(record)];

    /// <summary>The middle of a clip that is too long, silence around one that is too short.</summary>
    public static void Place(ReadOnlySpan<short> clip, Span<short> samples)
    {
        var surplus = clip.Length - samples.Length;
        samples.Clear();
        if (surplus > 0)
            clip.Slice(surplus / 2, samples.Length).CopyTo(samples);
        else
            clip.CopyTo(samples[(-surplus / 2)..]);
    }

    /// <summary>The picture of a clip, placed by <see cref="Place"/>.</summary>
    public void Into(ReadOnlySpan<short> clip, Span<byte> picture)
    {
        Place(clip, _samples);
        fixed (byte* block = record, scratch = _scratch, to = picture)
        fixed (short* samples = _samples)
            LogMel.Picture(block, 0, (byte*)samples, 0, scratch, 0, to, 0);
    }

    private static int SamplesOf(byte[] record)
    {
        fixed (byte* block = record)
            return LogMelRecord.Samples(block, 0);
    }
}
