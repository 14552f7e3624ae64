namespace EdgeCnn.Device;

/// <summary>From a window of sound to the input of a model, in integers: <see cref="LogMel"/>, and the model's own preprocessing. Takes
/// memory when it opens, never while it works.</summary>
public unsafe struct Sound
{
    /// <summary>Most samples of a window, so that sums over it fit 64 bits.</summary>
    public const int MaxSamples = 1 << 22;

    private byte* _model;
    private byte* _scratch;
    private int _input, _block, _picture;

    /// <summary>Samples that fill the input.</summary>
    public readonly int Samples => LogMelRecord.Samples(_model, _block);

    /// <summary>Gets ready; <see cref="Close"/> comes before another time.</summary>
    /// <param name="model">A checked model, which outlives this.</param>
    /// <param name="input">Which of its inputs.</param>
    /// <returns><see cref="Fault.NotASound"/>, <see cref="Fault.NoMemory"/>.</returns>
    public Fault Open(byte* model, int input)
    {
        _block = IORecord.Sound(model, input);
        _model = model;
        if (_block == 0 || Samples > MaxSamples) return Fault.NotASound;
        _input = input;
        _picture = TensorRecord.ArenaOffset(model, IORecord.Input(model, input));
        _scratch = Pages.Allocate(LogMel.ScratchBytes(model, _block));
        return _scratch == null ? Fault.NoMemory : Fault.None;
    }

    /// <summary>Turns <see cref="Samples"/> of 16 bits into the model's input in <paramref name="arena"/>.</summary>
    public readonly void Into(short* samples, byte* arena)
    {
        LogMel.Picture(_model, _block, (byte*)samples, 0, _scratch, 0, arena, _picture);
        // Every pixel is read before its integer is written in its place.
        Normalize.Pixels(_model, _input, arena, _picture, arena);
    }

    /// <summary>
    /// Whether a word is in the middle of a window, where a model that was trained on single words expects it. The window is cut into
    /// blocks as long as the model's hop; those whose mean magnitude is at least <paramref name="quiet"/> are loud, and the centre of
    /// gravity of their magnitudes has to lie within an eighth of the window from its middle.
    /// </summary>
    /// <param name="samples">The window.</param>
    /// <param name="quiet">1 to 32,767.</param>
    public readonly bool HoldsWord(short* samples, int quiet)
    {
        int block = LogMelRecord.Hop(_model, _block), blocks = Samples / block;
        long total = 0, moment = 0;
        for (int i = 0; i < blocks; i++, samples += block)
        {
            long magnitude = 0;
            for (int k = 0; k < block; k++) magnitude += samples[k] < 0 ? -samples[k] : samples[k];
            if (magnitude < (long)quiet * block) continue;
            total += magnitude;
            moment += magnitude * (2 * i + 1 - blocks);
        }
        // moment / total is twice the centre's distance from the middle, in blocks.
        return total > 0 && 4 * (moment < 0 ? -moment : moment) <= blocks * total;
    }

    /// <summary>Gives the memory back.</summary>
    public void Close()
    {
        Pages.Free(_scratch, LogMel.ScratchBytes(_model, _block));
        _scratch = null;
    }
}
