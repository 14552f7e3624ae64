namespace EdgeCnn;

internal static unsafe partial class Softmax
{
    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        int channels = TensorRecord.Channels(model, input), rows = TensorRecord.Elements(model, input) / channels;
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, output);
        for (int r = 0; r < rows; r++, from += channels, to += channels)
        {
            int largest = -128;
            for (int c = 0; c < channels; c++)
                if ((sbyte)arena[from + c] > largest) largest = (sbyte)arena[from + c];
            int sum = 0;   // Q12.19
            for (int c = 0; c < channels; c++)
                sum += Requantize.ShiftRight(Exp(model, op, (sbyte)arena[from + c] - largest), 12);

            int zeros = FixedPoint.LeadingZeros((uint)sum), bits = 12 - zeros;
            int scale = FixedPoint.ReciprocalOfOnePlus((int)(((uint)sum << zeros) - 0x80000000));
            for (int c = 0; c < channels; c++)
            {
                int quotient = Requantize.MultiplyHigh(scale, Exp(model, op, (sbyte)arena[from + c] - largest));
                int shift = bits + 31 - 8;
                int p = shift > 31 ? 0 : Requantize.ShiftRight(quotient, shift);
                arena[to + c] = (byte)Requantize.Clamp(p - 128, -128, 127);
            }
        }
    }

    /// <summary>e^(β·scale·difference) as Q0.31; 0 below the smallest difference that the Q5.26 argument can hold.</summary>
    private static int Exp(Bytes model, int op, int difference)
    {
        if (difference < Memory.Int32(model, op + MinDifferenceAt)) return 0;
        int x = difference << Memory.Int32(model, op + ShiftAt);
        return FixedPoint.ExpOfNegative(Requantize.MultiplyHigh(x, Memory.Int32(model, op + MultiplierAt)));
    }
}
