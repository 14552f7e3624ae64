namespace EdgeCnn;

internal static unsafe partial class Softmax
{
    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        int channels = TensorRecord.Channels(model, input), rows = TensorRecord.Elements(model, input) / channels;
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, output);
        bool wide = Element.IsWide(model, output);
        int size = wide ? 2 : 1, lowest = wide ? -32768 : -128, highest = wide ? 32767 : 127;
        for (int r = 0; r < rows; r++, from += channels)
        {
            int largest = Largest(arena, from, channels), sum = SumOfExponentials(model, op, arena, from, channels, largest);
            int zeros = FixedPoint.LeadingZeros((uint)sum), shift = 12 - zeros + 31 - 8 * size;
            int scale = FixedPoint.ReciprocalOfOnePlus((int)(((uint)sum << zeros) - 0x80000000));
            for (int c = 0; c < channels; c++, to += size)
            {
                int quotient = Requantize.MultiplyHigh(scale, Exponential(model, op, (sbyte)arena[from + c] - largest));
                int p = shift > 31 ? 0 : Requantize.ShiftRight(quotient, shift);
                Element.Write(arena, to, wide, Requantize.Clamp(p + lowest, lowest, highest));
            }
        }
    }

    /// <summary>The largest number of an int8 row.</summary>
    internal static int Largest(Bytes arena, int from, int channels)
    {
        int largest = -128;
        for (int c = 0; c < channels; c++)
            if ((sbyte)arena[from + c] > largest) largest = (sbyte)arena[from + c];
        return largest;
    }

    /// <summary>Σ e^(β·scale·(x[c] − largest)) as Q12.19.</summary>
    internal static int SumOfExponentials(Bytes model, int op, Bytes arena, int from, int channels, int largest)
    {
        int sum = 0;
        for (int c = 0; c < channels; c++)
            sum += Requantize.ShiftRight(Exponential(model, op, (sbyte)arena[from + c] - largest), 12);
        return sum;
    }

    /// <summary>β·scale·difference as Q5.26.</summary>
    internal static int Exponent(Bytes model, int op, int difference) =>
        Requantize.MultiplyHigh(difference << Memory.Int32(model, op + ShiftAt), Memory.Int32(model, op + MultiplierAt));

    /// <summary>e^(β·scale·difference) as Q0.31; 0 below the smallest difference that the Q5.26 argument can hold.</summary>
    internal static int Exponential(Bytes model, int op, int difference) => difference < Memory.Int32(model, op + MinDifferenceAt)
        ? 0
        : FixedPoint.ExpOfNegative(Exponent(model, op, difference));
}
