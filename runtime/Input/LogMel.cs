namespace EdgeCnn;

/// <summary>
/// From sound to a gray picture, in integers: frames of samples are windowed and transformed, their power is summed in bands that are
/// equally wide on the mel scale (Davis &amp; Mermelstein, 1980), and the logarithm of each band is one pixel. Rows are frames, columns
/// are bands. The tables are the model's, so trainer and device compute the same bytes.
/// </summary>
public static unsafe class LogMel
{
    /// <summary>ln 2 in 1/2²⁰.</summary>
    private const int LogarithmOf2 = 726817;

    /// <summary>Bits that a power loses before it is weighted: the energy of a whole frame is at most 2⁶⁰, a weight 2¹⁰.</summary>
    private const int PowerShift = 8;

    private const int WeightBits = 10, LevelBits = 20, GainBits = 8;

    /// <summary>Bytes that <see cref="Picture"/> needs to work in.</summary>
    public static int ScratchBytes(Bytes bytes, int block) => 8 << LogMelRecord.SizeBits(bytes, block);

    /// <summary>The whole picture: frames × bands bytes.</summary>
    /// <param name="bytes">Holds the block, which was checked.</param>
    /// <param name="block">Where it starts.</param>
    /// <param name="samples">16-bit samples, as many as <see cref="LogMelRecord.Samples"/> says.</param>
    /// <param name="samplesAt">Where they are, a multiple of 2.</param>
    /// <param name="scratch">Room for <see cref="ScratchBytes"/>.</param>
    /// <param name="scratchAt">Where it is, a multiple of 4.</param>
    /// <param name="picture">Receives the pixels.</param>
    /// <param name="pictureAt">Where.</param>
    public static void Picture(
        Bytes bytes, int block, Bytes samples, int samplesAt, Bytes scratch, int scratchAt, Bytes picture, int pictureAt)
    {
        int frames = LogMelRecord.Frames(bytes, block), bands = LogMelRecord.Bands(bytes, block);
        int hopBytes = 2 * LogMelRecord.Hop(bytes, block);
        for (int frame = 0; frame < frames; frame++)
            Row(bytes, block, samples, samplesAt + frame * hopBytes, scratch, scratchAt, picture, pictureAt + frame * bands);
    }

    /// <summary>One row of the picture, for a device that computes while it listens; parameters as in <see cref="Picture"/>.</summary>
    public static void Row(
        Bytes bytes, int block, Bytes samples, int samplesAt, Bytes scratch, int scratchAt, Bytes row, int rowAt)
    {
        int bits = LogMelRecord.SizeBits(bytes, block), bands = LogMelRecord.Bands(bytes, block);
        Load(bytes, block, samples, samplesAt, scratch, scratchAt, bits);
        Fourier.Transform(scratch, scratchAt, bits, bytes, LogMelRecord.Sines(bytes, block));
        int edges = LogMelRecord.Edges(bytes, block), lowest = LogMelRecord.Base(bytes, block), gain = LogMelRecord.Gain(bytes, block);
        for (int band = 0; band < bands; band++)
        {
            int level = Level(Energy(bytes, edges + 2 * band, scratch, scratchAt)) - lowest;
            const int shift = LevelBits + GainBits;
            row[rowAt + band] = (byte)Requantize.Clamp((int)(((long)level * gain + (1 << (shift - 1))) >> shift), 0, 255);
        }
    }

    /// <summary>sample · window in 1/2^(15 − bits), which the transform can't overflow; zeros up to its size.</summary>
    private static void Load(Bytes bytes, int block, Bytes samples, int samplesAt, Bytes scratch, int scratchAt, int bits)
    {
        int window = LogMelRecord.Window(bytes, block), length = LogMelRecord.FrameLength(bytes, block), half = 1 << (bits - 1);
        for (int i = 0; i < 1 << bits; i++)
        {
            int value = i < length
                ? (Memory.Int16(samples, samplesAt + 2 * i) * Memory.Int16(bytes, window + 2 * i) + half) >> bits
                : 0;
            int to = scratchAt + 8 * Fourier.Reversed(i, bits);
            Memory.SetInt32(scratch, to, value);
            Memory.SetInt32(scratch, to + 4, 0);
        }
    }

    /// <summary>Σ power · weight of a band: the weight rises from the first edge to the second and falls to the third.</summary>
    private static long Energy(Bytes bytes, int edge, Bytes spectrum, int spectrumAt)
    {
        const int unit = LogMelRecord.EdgeUnits;
        int low = Memory.UInt16(bytes, edge), middle = Memory.UInt16(bytes, edge + 2), high = Memory.UInt16(bytes, edge + 4);
        long sum = 0;
        for (int bin = low / unit + 1; bin * unit < high; bin++)
        {
            int place = bin * unit;
            int weight = place <= middle
                ? ((place - low) << WeightBits) / (middle - low)
                : ((high - place) << WeightBits) / (high - middle);
            long real = Memory.Int32(spectrum, spectrumAt + 8 * bin), imaginary = Memory.Int32(spectrum, spectrumAt + 8 * bin + 4);
            sum += ((real * real + imaginary * imaginary) >> PowerShift) * weight;
        }
        return sum;
    }

    /// <summary>ln of an energy in 1/2²⁰; 0 for energies below 1.</summary>
    private static int Level(long energy)
    {
        if (energy < 1) return 0;
        int high = (int)(energy >> 32);
        int exponent = high != 0 ? 63 - FixedPoint.LeadingZeros((uint)high) : 31 - FixedPoint.LeadingZeros((uint)energy);
        int mantissa = (int)(exponent > 19 ? energy >> (exponent - 19) : energy << (19 - exponent));   // [1, 2) with 19 bits
        return exponent * LogarithmOf2 + (FixedPoint.Logarithm(mantissa) >> 6);
    }
}
