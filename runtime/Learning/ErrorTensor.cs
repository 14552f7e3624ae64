namespace EdgeCnn;

/// <summary>
/// The error ∂L/∂y of a tensor on the way back: an int32 exponent E, then an int16 δ per element; real = δ · 2^E. While it is summed, it is
/// an int32 per element; <see cref="Normalize"/> brings its largest element to 15 bits, so that the errors of a confident sample have as
/// many digits as others.
/// </summary>
internal static unsafe class ErrorTensor
{
    /// <summary>Bytes before the first element.</summary>
    internal const int HeaderBytes = 4;

    /// <summary>Exponent of an error that is zero everywhere: below all others.</summary>
    internal const int ZeroExponent = -(1 << 20);

    /// <summary>Largest shift between two exponents that leaves anything of an int16.</summary>
    private const int MaxShift = 16;

    internal static int Exponent(Bytes arena, int error) => Memory.Int32(arena, error);

    internal static int Element(Bytes arena, int error, int i) => Memory.Int16(arena, error + HeaderBytes + 2 * i);

    /// <summary>Sets the sums of <paramref name="count"/> elements to 0.</summary>
    internal static void Clear(Bytes arena, int error, int count) => Memory.Fill(arena, error + HeaderBytes, 4 * count, 0);

    /// <summary>From int32 sums · 2^<paramref name="exponent"/> to the error, in place, rounded to nearest.</summary>
    /// <param name="tile">The <see cref="TileCode"/> to do it with.</param>
    internal static void Normalize(Bytes arena, int error, int count, int exponent, int tile)
    {
        int sums = error + HeaderBytes, bits = 0;
        for (int i = LoweredTable.Magnitude(tile, arena, sums, count, ref bits); i < count; i++)
        {
            int sum = Memory.Int32(arena, sums + 4 * i);
            bits |= sum ^ (sum >> 31);
        }
        int shift = 32 - FixedPoint.LeadingZeros((uint)bits) - 15;
        for (int i = bits == 0 ? 0 : LoweredTable.Narrow(tile, arena, sums, count, shift); i < count; i++)
            Memory.SetInt16(arena, sums + 2 * i, Shifted(Memory.Int32(arena, sums + 4 * i), shift));
        Memory.SetInt32(arena, error, bits == 0 ? ZeroExponent : exponent + shift);
    }

    /// <summary>Zeroes the error where the output (int8, saved) touches its clamp: there the derivative is 0.</summary>
    internal static void Mask(Bytes arena, int error, int count, int output, int min, int max, int tile)
    {
        for (int i = LoweredTable.Mask(tile, arena, error + HeaderBytes, count, output, min, max); i < count; i++)
        {
            int q = (sbyte)arena[output + i];
            if (q <= min || q >= max) Memory.SetInt16(arena, error + HeaderBytes + 2 * i, 0);
        }
    }

    /// <summary>Copies an error.</summary>
    internal static void Copy(Bytes arena, int from, int to, int count)
    {
        if (from != to) Memory.Copy(arena, from, arena, to, HeaderBytes + 2 * count);
    }

    /// <summary>to += from, at the exponent after the larger one.</summary>
    internal static void Add(Bytes arena, int from, int to, int count)
    {
        int exponent1 = Exponent(arena, to), exponent2 = Exponent(arena, from);
        int exponent = (exponent1 > exponent2 ? exponent1 : exponent2) + 1;
        int shift1 = Distance(exponent, exponent1), shift2 = Distance(exponent, exponent2);
        for (int i = 0; i < count; i++)
        {
            int sum = Shifted(Element(arena, to, i), shift1) + Shifted(Element(arena, from, i), shift2);
            Memory.SetInt16(arena, to + HeaderBytes + 2 * i, Requantize.Clamp(sum, -32767, 32767));
        }
        Memory.SetInt32(arena, to, exponent);
    }

    /// <summary>x / 2^shift rounded to nearest, ties up, at most 15 bits; multiplied where the shift is negative.</summary>
    internal static int Shifted(int x, int shift)
    {
        if (shift <= 0) return x << -shift;
        int rounded = (x >> shift) + ((x >> (shift - 1)) & 1);
        return rounded > 32767 ? 32767 : rounded;
    }

    private static int Distance(int exponent, int from) => exponent - from > MaxShift ? MaxShift : exponent - from;
}
