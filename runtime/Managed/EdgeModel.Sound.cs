using System;

namespace EdgeCnn.Managed;

public sealed unsafe partial class EdgeModel
{
    /// <summary>Fills input <paramref name="index"/> from sound, through the log-mel bands that the file describes.</summary>
    /// <param name="samples">Mono, 16 bits, <see cref="TensorInfo.SoundRate"/> per second.</param>
    /// <param name="index">Which input.</param>
    /// <exception cref="ArgumentException">The number of samples is not <see cref="TensorInfo.SoundSamples"/>.</exception>
    /// <exception cref="InvalidOperationException">The file describes no sound for this input.</exception>
    public void SetSound(ReadOnlySpan<short> samples, int index = 0)
    {
        TensorInfo input = Inputs[index];
        ObjectDisposedException.ThrowIf(_arena.IsDisposed, this);
        if (input.SoundSamples == 0)
            throw new InvalidOperationException($"input '{input.Name}' takes no sound; fill its integers through Tensor()");
        if (samples.Length != input.SoundSamples)
            throw new ArgumentException($"input '{input.Name}' takes {input.SoundSamples} samples, not {samples.Length}", nameof(samples));
        // The model that runs may keep its input elsewhere than the file that was opened.
        int picture = TensorRecord.ArenaOffset(ModelPointer, IORecord.Input(ModelPointer, index));
        byte* scratch = stackalloc byte[8 << LogMelRecord.MaxSizeBits];
        fixed (short* p = samples)
            LogMel.Picture(ModelPointer, IORecord.Sound(ModelPointer, index), (byte*)p, 0, scratch, 0, _arena.Pointer, picture);
        // Every pixel is read before its integer is written in its place.
        Normalize.Pixels(ModelPointer, index, _arena.Pointer, picture, _arena.Pointer);
    }
}
