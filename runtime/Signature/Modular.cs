namespace EdgeCnn;

/// <summary>
/// Arithmetic modulo a prime of 256 bits. Numbers lie behind each other in the caller's working memory, at a multiple of four, and are named by
/// their place: number n is eight 32-bit words, the least significant first, at byte 32 n. They are below the modulus. Products are
/// Montgomery's (Mathematics of Computation 44, 1985): ab · 2⁻²⁵⁶, which is why numbers to be multiplied carry a factor of 2²⁵⁶. Time
/// depends on the numbers: this is for what is public.
/// </summary>
internal static unsafe class Modular
{
    /// <summary>Bytes of a number.</summary>
    internal const int Bytes = 1 << Shift;

    /// <summary>The number that all is modulo.</summary>
    internal const int Modulus = 2;

    /// <summary>Numbers, from 0 on, that belong to the functions.</summary>
    internal const int Reserved = 3;

    private const int Shift = 5;

    // A product's sum, which moves down by a word each time its lowest has become 0. Number 0 is the rest.
    private const int Sum = 1, SumAt = Sum << Shift, CarryAt = 0, InverseAt = 4;

    /// <summary>Ends the choice of another modulus, which is there already.</summary>
    /// <param name="inverse">−1 / modulus modulo 2³².</param>
    internal static void SetInverse(Bytes work, uint inverse) => Memory.SetInt32(work, InverseAt, (int)inverse);

    /// <summary>to = a + b.</summary>
    internal static void Add(Bytes work, int to, int a, int b)
    {
        ulong sum = 0;
        for (int i = 0; i < Bytes; i += 4)
        {
            sum += (ulong)Word(work, (a << Shift) + i) + Word(work, (b << Shift) + i);
            Set(work, SumAt + i, sum);
            sum >>= 32;
        }
        Set(work, CarryAt, sum);
        Reduce(work, to);
    }

    /// <summary>to = a − b.</summary>
    internal static void Subtract(Bytes work, int to, int a, int b)
    {
        if (Difference(work, to, a, b) == 0) return;
        ulong sum = 0;
        for (int i = 0; i < Bytes; i += 4)
        {
            sum += (ulong)Word(work, (to << Shift) + i) + Word(work, (Modulus << Shift) + i);
            Set(work, (to << Shift) + i, sum);
            sum >>= 32;
        }
    }

    /// <summary>to = ab · 2⁻²⁵⁶. One of the factors may be any number of 256 bits.</summary>
    internal static void Multiply(Bytes work, int to, int a, int b)
    {
        Memory.Fill(work, SumAt, Bytes, 0);
        Set(work, CarryAt, 0);
        for (int i = 0; i < Bytes; i += 4)
        {
            // sum = (sum + a · word + modulus · quotient) / 2³², the quotient such that nothing is lost.
            uint word = Word(work, (b << Shift) + i);
            uint quotient = (Word(work, SumAt) + Word(work, a << Shift) * word) * Word(work, InverseAt);
            ulong product = 0, multiple = 0;
            for (int j = 0; j < Bytes; j += 4)
            {
                product = (ulong)Word(work, (a << Shift) + j) * word + Word(work, SumAt + j) + (product >> 32);
                multiple = (ulong)Word(work, (Modulus << Shift) + j) * quotient + (uint)product + (multiple >> 32);
                Set(work, SumAt - 4 + j, multiple);
            }
            multiple = (product >> 32) + (multiple >> 32) + Word(work, CarryAt);
            Set(work, SumAt + Bytes - 4, multiple);
            Set(work, CarryAt, multiple >> 32);
        }
        Reduce(work, to);
    }

    /// <summary>Gives a number the factor of a product: 2²⁵⁶ times as much.</summary>
    internal static void GiveFactor(Bytes work, int number)
    {
        for (int i = 0; i < 8 * Bytes; i++) Add(work, number, number, number);
    }

    /// <summary>to = 1 / a, both with the factor of a product; 0 for 0. Fermat: the power with exponent modulus − 2. The moduli of the curve are
    /// above 2²⁵⁵, and 2 less changes their lowest word alone.</summary>
    /// <param name="to">Another number than <paramref name="a"/>.</param>
    internal static void Invert(Bytes work, int to, int a)
    {
        Copy(work, to, a, 1);
        for (int bit = 8 * Bytes - 2; bit >= 0; bit--)
        {
            Multiply(work, to, to, to);
            uint word = Word(work, (Modulus << Shift) + (bit >> 5) * 4) - (bit < 32 ? 2u : 0);
            if ((word >> (bit & 31) & 1) != 0) Multiply(work, to, to, a);
        }
    }

    /// <summary>to = a − b modulo 2²⁵⁶.</summary>
    /// <returns>1 when a is below b, else 0.</returns>
    internal static int Difference(Bytes work, int to, int a, int b)
    {
        long difference = 0;
        for (int i = 0; i < Bytes; i += 4)
        {
            difference += (long)Word(work, (a << Shift) + i) - Word(work, (b << Shift) + i);
            Set(work, (to << Shift) + i, (ulong)difference);
            difference >>= 32;
        }
        return (int)difference & 1;
    }

    /// <summary>Whether a is below b.</summary>
    internal static bool IsBelow(Bytes work, int a, int b) => Difference(work, Sum, a, b) != 0;

    /// <summary>Whether a and b are the same.</summary>
    internal static bool AreEqual(Bytes work, int a, int b)
    {
        int different = 0;
        for (int i = 0; i < Bytes; i += 4) different |= Memory.Int32(work, (a << Shift) + i) ^ Memory.Int32(work, (b << Shift) + i);
        return different == 0;
    }

    /// <summary>Whether a bit of a number, 0 being the least significant, is 1.</summary>
    internal static bool HasBit(Bytes work, int number, int bit) => (work[(number << Shift) + (bit >> 3)] >> (bit & 7) & 1) != 0;

    /// <summary>Copies <paramref name="count"/> numbers.</summary>
    internal static void Copy(Bytes work, int to, int from, int count) => Memory.Copy(work, from << Shift, work, to << Shift, count << Shift);

    /// <summary>Reads a number of which the most significant byte is first.</summary>
    internal static void Load(Bytes work, int to, Bytes bytes, int offset)
    {
        for (int i = 0; i < Bytes; i += 4) Memory.SetInt32(work, (to << Shift) + i, Sha256.BigEndian(bytes, offset + Bytes - 4 - i));
    }

    /// <summary>to = the sum, which is below twice the modulus.</summary>
    private static void Reduce(Bytes work, int to)
    {
        int borrow = Difference(work, to, Sum, Modulus);
        if (borrow > Memory.Int32(work, CarryAt)) Copy(work, to, Sum, 1);
    }

    private static uint Word(Bytes work, int at) => (uint)Memory.Int32(work, at);

    private static void Set(Bytes work, int at, ulong value) => Memory.SetInt32(work, at, (int)value);
}
