using System;

namespace EdgeCnn.Trainer.Data.Sound;

/// <summary>Makes log-mel pictures of clips with the runtime's own integer front end.</summary>
/// <param name="record">A <see cref="LogMelRecord"/>.</param>
internal sealed unsafe class LogMelPictures(byte[] record)
{
    private readonly byte[] _scratch = new byte[8 << LogMelRecord.MaxSizeBits];
    private readonly short[] _samples = new short[SamplesOf(record)];

    /// <summary>The picture of a clip: its middle when it is too long, silence around it when it is too short.</summary>
    public void Into(ReadOnlySpan<short> clip, Span<byte> picture)
    {
        if (clip.Length > _samples.Length)
        {
            clip.Slice((clip.Length - _samples.Length) / 2, _samples.Length).CopyTo(_samples);
        }
        else
        {
            Array.Clear(_samples);
            clip.CopyTo(_samples.AsSpan((_samples.Length - clip.Length) / 2));
        }

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
