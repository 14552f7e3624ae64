namespace EdgeCnn;

public static partial class FixedPoint
{
    /// <summary>1 / √x for a positive integer x (0 counts as 1), as a mantissa and a shift for <see cref="Requantize.Multiply"/>, by five
    /// Newton steps.</summary>
    public static int InverseRoot(int x, ref int shift)
    {
        shift = 0;
        if (x <= 1) return One;
        int right = 11;
        for (; x >= 1 << 29; right++) x >>= 2;
        int pairs = (LeadingZeros((uint)x) - 1) / 2 - 1;
        right -= pairs;
        x <<= 2 * pairs;

        const int threeHalves = (1 << 28) + (1 << 27), rootHalf = 1518500250;
        int half = Requantize.ShiftRight(x >> 1, 1), root = 1 << 28;   // Q3.28
        for (int i = 0; i < 5; i++)
        {
            int cube = ShiftLeft(Requantize.MultiplyHigh(Requantize.MultiplyHigh(root, root), root), 6);
            root = ShiftLeft(Requantize.MultiplyHigh(threeHalves, root) - Requantize.MultiplyHigh(half, cube), 3);
        }
        root = Requantize.MultiplyHigh(root, rootHalf);
        if (right < 0) return root << -right;
        shift = -right;
        return root;
    }
}
