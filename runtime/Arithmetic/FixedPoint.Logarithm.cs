namespace EdgeCnn;

public static partial class FixedPoint
{
    /// <summary>ln x as Q5.26 for x ≥ 1 in Q12.19.</summary>
    /// <remarks>x = r · 2^power with r as near as can be to 2^−1/4, in two ways of which the smaller r serves; ln r is a rational function
    /// of r around 2^−1/4.</remarks>
    public static int Logarithm(int x)
    {
        const int logarithmOf2 = 1488522236, rootHalf = 1518500250, fourthRootHalf = 1805811301, quarter = 1 << 23;
        const int numerator = 117049297, square = 127690142, constant = 1057819769, linear = 638450708;
        int headroom = LeadingZeros((uint)x) - 1;
        int first = ShiftLeft(Requantize.MultiplyHigh(x << headroom, rootHalf), 1);
        int firstPower = ((11 - headroom) << 25) + quarter;
        headroom = LeadingZeros((uint)Requantize.MultiplyHigh(x, rootHalf)) - 1;
        int second = ShiftLeft(x, headroom), secondPower = ((12 - headroom) << 25) - quarter;
        int r = first < second ? first : second, power = firstPower > secondPower ? firstPower : secondPower;

        int p = (int)(((long)r + fourthRootHalf + 1) >> 1), q = 2 * (r - fourthRootHalf), q2 = Requantize.MultiplyHigh(q, q);
        int above = Requantize.MultiplyHigh(q, r) + Requantize.MultiplyHigh(Requantize.MultiplyHigh(q, q2), numerator);
        int below = Requantize.MultiplyHigh(p, constant + q + Requantize.MultiplyHigh(square, q2)) + Requantize.MultiplyHigh(linear, q);
        int logarithmOfR = Requantize.MultiplyHigh(Requantize.ShiftRight(above, 6), ReciprocalOfOnePlus(below));
        return ShiftLeft(Requantize.MultiplyHigh(power, logarithmOf2) + logarithmOfR, 1);
    }
}
