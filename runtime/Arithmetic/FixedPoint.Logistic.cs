namespace EdgeCnn;

public static partial class FixedPoint
{
    /// <summary>1 / (1 + e^−x) as Q0.31 for x in Q4.27.</summary>
    public static int Logistic(int x)
    {
        if (x == 0) return 1 << 30;
        int positive = ReciprocalOfOnePlus(ExpOfNegative(x > 0 ? -x : x, 27));
        return x > 0 ? positive : One - positive;
    }

    /// <summary>tanh x = (1 − e^−2x) / (1 + e^−2x) as Q0.31 for x in Q4.27.</summary>
    public static int Tanh(int x)
    {
        if (x == 0) return 0;
        // The same bits as Q5.26 are 2x.
        int exponential = ExpOfNegative(x > 0 ? -x : x);
        int positive = ShiftLeft(TwiceReciprocalOfOnePlus(exponential) - (1 << 29), 2);
        return x > 0 ? positive : -positive;
    }
}
