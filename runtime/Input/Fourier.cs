namespace EdgeCnn;

/// <summary>
/// The discrete Fourier transform in integers: 32-bit complex numbers (real, then imaginary part), radix 2, in place. An input of at most
/// 2³⁰ / N in magnitude can't overflow, so nothing is scaled on the way and each of the log₂ N passes adds less than one unit of error.
/// </summary>
public static unsafe class Fourier
{
    /// <summary>1.0 in the table of sines.</summary>
    public const int One = 1 << 14;

    private const int ComplexBytes = 8;

    /// <summary>Bytes of a sine table for a transform of <paramref name="size"/>: sin(2πi/size) · 2¹⁴ as int16, three quarters of a
    /// turn, so that the cosine is the sine a quarter further.</summary>
    public static int TableBytes(int size) => size / 4 * 3 * 2;

    /// <summary>The place, 0 to 2^bits − 1, at which <see cref="Transform"/> expects value number <paramref name="index"/>.</summary>
    public static int Reversed(int index, int bits)
    {
        int result = 0;
        for (; bits > 0; bits--, index >>= 1) result = (result << 1) | (index & 1);
        return result;
    }

    /// <summary>X[k] = Σ x[n] · e^(−2πikn/N), N = 2^<paramref name="bits"/>; bits is 2 to 11.</summary>
    /// <param name="values">N complex numbers, in the order of <see cref="Reversed"/> before and in natural order after.</param>
    /// <param name="at">Where they are, a multiple of 4.</param>
    /// <param name="bits">log₂ N.</param>
    /// <param name="table">The sines of <see cref="TableBytes"/>.</param>
    /// <param name="tableAt">Where they are, a multiple of 2.</param>
    public static void Transform(Bytes values, int at, int bits, Bytes table, int tableAt)
    {
        int size = 1 << bits, quarter = size / 4;
        for (int half = 1, step = size / 2; half < size; half <<= 1, step >>= 1)
        {
            for (int k = 0; k < half; k++)
            {
                int sine = Memory.Int16(table, tableAt + 2 * (k * step));
                int cosine = Memory.Int16(table, tableAt + 2 * (k * step + quarter));
                for (int i = k; i < size; i += 2 * half)
                    Butterfly(values, at + i * ComplexBytes, at + (i + half) * ComplexBytes, cosine, sine);
            }
        }
    }

    /// <summary>(a, b) becomes (a + w·b, a − w·b), w = cosine − i · sine.</summary>
    private static void Butterfly(Bytes values, int a, int b, int cosine, int sine)
    {
        int real = Memory.Int32(values, b), imaginary = Memory.Int32(values, b + 4);
        int turned = (int)(((long)real * cosine + (long)imaginary * sine + One / 2) >> 14);
        int turnedImaginary = (int)(((long)imaginary * cosine - (long)real * sine + One / 2) >> 14);
        int other = Memory.Int32(values, a), otherImaginary = Memory.Int32(values, a + 4);
        Memory.SetInt32(values, a, other + turned);
        Memory.SetInt32(values, a + 4, otherImaginary + turnedImaginary);
        Memory.SetInt32(values, b, other - turned);
        Memory.SetInt32(values, b + 4, otherImaginary - turnedImaginary);
    }
}
