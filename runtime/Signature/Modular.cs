namespace EdgeCnn;

/// <summary>
/// Arithmetic modulo a prime of 256 bits. A number is eight 32-bit words, the least significant first, at a multiple of four in the
/// caller's working memory, and below the modulus. Products are Montgomery's (Mathematics of Computation 44, 1985): ab · 2⁻²⁵⁶, which is
/// why numbers to be multiplied carry a factor of 2²⁵⁶. Time depends on the numbers: this is for what is public.
/// </summary>
internal static unsafe class Modular
{
    /// <summary>Bytes of a number.</summary>
    internal const int Bytes = 32;

    /// <summary>Bytes of a modulus: the number, and a word that is −1 / modulus modulo 2³².</summary>
    internal const int ModulusBytes = Bytes + 4;

    /// <summary>Bytes at the start of working memory that every function may change: a word to drop, and a sum.</summary>
    internal const int ScratchBytes = SumAt + Bytes + 4;

    private const int SumAt = 4, CarryAt = SumAt + Bytes;

    /// <summary>to = a + b.</summary>
    internal static void Add(Bytes work, int to, int a, int b, int modulus)
    {
        ulong sum = 0;
        for (int i = 0; i < Bytes; i += 4)
        {
            sum += (ulong)Word(work, a + i) + Word(work, b + i);
            Set(work, SumAt + i, sum);
            sum >>= 32;
        }
        Set(work, CarryAt, sum);
        Reduce(work, to, modulus);
    }

    /// <summary>to = a − b.</summary>
    internal static void Subtract(Bytes work, int to, int a, int b, int modulus)
    {
        if (Difference(work, to, a, b) == 0) return;
        ulong sum = 0;
        for (int i = 0; i < Bytes; i += 4)
        {
            sum += (ulong)Word(work, to + i) + Word(work, modulus + i);
            Set(work, to + i, sum);
            sum >>= 32;
        }
    }

    /// <summary>to = ab · 2⁻²⁵⁶. One of the factors may be any number of 256 bits.</summary>
    internal static void Multiply(Bytes work, int to, int a, int b, int modulus)
    {
        Memory.Fill(work, SumAt, Bytes + 4, 0);
        for (int i = 0; i < Bytes; i += 4)
        {
            // sum = (sum + a · word + modulus · quotient) / 2³², the quotient such that nothing is lost.
            uint word = Word(work, b + i);
            uint quotient = (Word(work, SumAt) + Word(work, a) * word) * Word(work, modulus + Bytes);
            ulong product = 0, multiple = 0;
            for (int j = 0; j < Bytes; j += 4)
            {
                product = (ulong)Word(work, a + j) * word + Word(work, SumAt + j) + (product >> 32);
                multiple = (ulong)Word(work, modulus + j) * quotient + (uint)product + (multiple >> 32);
                Set(work, SumAt - 4 + j, multiple);
            }
            multiple = (product >> 32) + (multiple >> 32) + Word(work, CarryAt);
            Set(work, CarryAt - 4, multiple);
            Set(work, CarryAt, multiple >> 32);
        }
        Reduce(work, to, modulus);
    }

    /// <summary>to = 2²⁵⁶ · a: gives a number the factor of a product.</summary>
    internal static void ToFactor(Bytes work, int to, int a, int modulus)
    {
        Memory.Copy(work, a, work, to, Bytes);
        for (int i = 0; i < 8 * Bytes; i++) Add(work, to, to, to, modulus);
    }

    /// <summary>to = 1 / a, both with the factor of a product; 0 for 0. Fermat: the power with exponent modulus − 2, which is above
    /// 2²⁵⁵ and whose lowest word is that of the modulus − 2 for the moduli of the curve.</summary>
    /// <param name="to">Another place than <paramref name="a"/>.</param>
    internal static void Invert(Bytes work, int to, int a, int modulus)
    {
        Memory.Copy(work, a, work, to, Bytes);
        for (int bit = 8 * Bytes - 2; bit >= 0; bit--)
        {
            Multiply(work, to, to, to, modulus);
            uint word = Word(work, modulus + (bit >> 5) * 4) - (bit < 32 ? 2u : 0);
            if ((word >> (bit & 31) & 1) != 0) Multiply(work, to, to, a, modulus);
        }
    }

    /// <summary>to = a − b modulo 2²⁵⁶.</summary>
    /// <returns>1 when a is below b, else 0.</returns>
    internal static int Difference(Bytes work, int to, int a, int b)
    {
        long difference = 0;
        for (int i = 0; i < Bytes; i += 4)
        {
            difference += (long)Word(work, a + i) - Word(work, b + i);
            Set(work, to + i, (ulong)difference);
            difference >>= 32;
        }
        return (int)difference & 1;
    }

    /// <summary>Whether a is below b.</summary>
    internal static bool IsBelow(Bytes work, int a, int b) => Difference(work, SumAt, a, b) != 0;

    /// <summary>Whether a and b are the same number.</summary>
    internal static bool AreEqual(Bytes work, int a, int b)
    {
        int different = 0;
        for (int i = 0; i < Bytes; i += 4) different |= Memory.Int32(work, a + i) ^ Memory.Int32(work, b + i);
        return different == 0;
    }

    /// <summary>Reads a number of which the most significant byte is first.</summary>
    internal static void Load(Bytes work, int to, Bytes bytes, int offset)
    {
        for (int i = 0; i < Bytes; i += 4) Memory.SetInt32(work, to + i, Sha256.BigEndian(bytes, offset + Bytes - 4 - i));
    }

    /// <summary>The word at <paramref name="at"/>.</summary>
    internal static uint Word(Bytes work, int at) => (uint)Memory.Int32(work, at);

    /// <summary>to = the sum, which is below twice the modulus.</summary>
    private static void Reduce(Bytes work, int to, int modulus)
    {
        int borrow = Difference(work, to, SumAt, modulus);
        if (borrow > Memory.Int32(work, CarryAt)) Memory.Copy(work, SumAt, work, to, Bytes);
    }

    private static void Set(Bytes work, int at, ulong value) => Memory.SetInt32(work, at, (int)value);
}
