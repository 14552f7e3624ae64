namespace EdgeCnn;

/// <summary>
/// Elementary functions on fixed-point numbers, bit for bit those of the LiteRT reference kernels (gemmlowp's fixed point). Qm.n is a
/// signed 32-bit number with n fraction bits.
/// </summary>
public static partial class FixedPoint
{
    /// <summary>1 in Q0.31, as near as it can be held.</summary>
    public const int One = int.MaxValue;

    /// <summary>e^x as Q0.31 for x ≤ 0 with <paramref name="fraction"/> fraction bits, 26 or 27.</summary>
    /// <remarks>x = −r − q with q in (0, 1/4]: the Taylor polynomial around −1/8 gives e^−q, and each bit of r multiplies it by
    /// e^(−2^k), k = −2 … 4.</remarks>
    public static int ExpOfNegative(int x, int fraction = 26)
    {
        if (x == 0) return One;
        int quarter = 1 << (fraction - 2), q = (x & (quarter - 1)) - quarter, r = q - x;
        int result = ExpNearEighth(q << (31 - fraction));
        if ((r & quarter) != 0) result = Requantize.MultiplyHigh(result, 1672461947);
        if ((r & (quarter << 1)) != 0) result = Requantize.MultiplyHigh(result, 1302514674);
        if ((r & (quarter << 2)) != 0) result = Requantize.MultiplyHigh(result, 790015084);
        if ((r & (quarter << 3)) != 0) result = Requantize.MultiplyHigh(result, 290630308);
        if ((r & (quarter << 4)) != 0) result = Requantize.MultiplyHigh(result, 39332535);
        if ((r & (quarter << 5)) != 0) result = Requantize.MultiplyHigh(result, 720401);
        if ((r & (quarter << 6)) != 0) result = Requantize.MultiplyHigh(result, 242);
        return result;
    }

    /// <summary>1 / (1 + x) as Q0.31 for x in [0, 1) as Q0.31.</summary>
    public static int ReciprocalOfOnePlus(int x) => ShiftLeft(TwiceReciprocalOfOnePlus(x), 1);

    /// <summary>2 / (1 + x) as Q2.29 for x in [0, 1) as Q0.31, by three Newton steps on the reciprocal of (1 + x) / 2.</summary>
    private static int TwiceReciprocalOfOnePlus(int x)
    {
        int half = (int)(((long)x + One + 1) >> 1);
        int reciprocal = 1515870810 + Requantize.MultiplyHigh(half, -1010580540);   // 48/17 − 32/17 · half, Q2.29
        for (int i = 0; i < 3; i++)
        {
            int error = (1 << 29) - Requantize.MultiplyHigh(half, reciprocal);
            reciprocal += ShiftLeft(Requantize.MultiplyHigh(reciprocal, error), 2);
        }
        return reciprocal;
    }

    /// <summary>Zero bits before the highest one bit; 32 for 0.</summary>
    public static int LeadingZeros(uint x)
    {
        if (x == 0) return 32;
        int n = 0;
        if (x < 0x10000) { n = 16; x <<= 16; }
        if (x < 0x1000000) { n += 8; x <<= 8; }
        if (x < 0x10000000) { n += 4; x <<= 4; }
        if (x < 0x40000000) { n += 2; x <<= 2; }
        return x < 0x80000000 ? n + 1 : n;
    }

    /// <summary>e^x as Q0.31 for x in [−1/4, 0) as Q0.31.</summary>
    private static int ExpNearEighth(int x)
    {
        const int expOfMinusEighth = 1895147668, third = 715827883;
        int t = x + (1 << 28), t2 = Requantize.MultiplyHigh(t, t), t3 = Requantize.MultiplyHigh(t2, t);
        int t4Quarter = Requantize.ShiftRight(Requantize.MultiplyHigh(t2, t2), 2);
        int tail = Requantize.ShiftRight(Requantize.MultiplyHigh(t4Quarter + t3, third) + t2, 1);   // t²/2 + t³/6 + t⁴/24
        return expOfMinusEighth + Requantize.MultiplyHigh(expOfMinusEighth, t + tail);
    }

    /// <summary>x · 2ⁿ, saturating.</summary>
    private static int ShiftLeft(int x, int n)
    {
        int limit = int.MaxValue >> n;
        return x > limit ? int.MaxValue : x < -limit - 1 ? int.MinValue : x << n;
    }
}
