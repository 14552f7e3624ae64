namespace EdgeCnn;

/// <summary>From pixels to the model's input integers, as the IO section says, so that no application can do it differently.</summary>
public static unsafe class Normalize
{
    /// <summary>q[i] = clamp((pixel[i] · multiplier[c] + addend[c]) &gt;&gt; shift, −128, 127), c = i mod channels, into input
    /// <paramref name="index"/> of the model, which has preprocessing.</summary>
    /// <param name="pixels">Bytes, row-major, channels innermost in the model's order; as many as the input has elements.</param>
    public static void Pixels(Bytes model, int index, Bytes pixels, int pixelsAt, Bytes arena)
    {
        int tensor = IORecord.Input(model, index), channels = IORecord.PixelChannels(model, index);
        int factors = IORecord.Pixels(model, index), shift = IORecord.PixelShift(model, index);
        int count = TensorRecord.Elements(model, tensor), to = TensorRecord.ArenaOffset(model, tensor);
        for (int c = 0; c < channels; c++)
        {
            int multiplier = Memory.Int32(model, factors + 4 * c), addend = Memory.Int32(model, factors + 4 * (channels + c));
            for (int i = c; i < count; i += channels)
                arena[to + i] = (byte)Requantize.Clamp((pixels[pixelsAt + i] * multiplier + addend) >> shift, -128, 127);
        }
    }
}
