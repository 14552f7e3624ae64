namespace EdgeCnn;

/// <summary>
/// Inference of stochastic pooling (Zeiler and Fergus, "Stochastic Pooling for Regularization of Deep Convolutional Neural Networks",
/// 2013):
/// the mean of the values under each window, each weighted with its probability, which is its share of their sum: y = Σx² / Σx, over x ≥ 0.
/// Values below real zero count as zero; a window of zeros gives zero. With a = max(q − zero point, 0), y = zero point + Σa² / Σa rounded
/// to
/// nearest, half up: within half a step of the definition. Input N×H×W×C, output N×Oh×Ow×C, both in the same quantization; places outside
/// the input do not count. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe class StochasticPool
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 57;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        ModelError error = OperatorCheck.OneInput(model, op, ElementType.Int8, ElementType.Int8, ref where);
        if (error != ModelError.None) return error;
        return TensorRecord.ZeroPoint(model, input) == TensorRecord.ZeroPoint(model, output)
            ? Pool.CheckWindow(model, op, ref where)
            : ModelCheck.Fail(ModelError.BadTensor, output + TensorRecord.ZeroPointAt, ref where);
    }

    internal static void Run(Bytes model, int op, Bytes arena)
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output);
        int line = Window.LineBytes(model, op), to = TensorRecord.ArenaOffset(model, output);
        int zeroPoint = TensorRecord.ZeroPoint(model, output);
        int min = Clamp.Min(model, op), max = Clamp.Max(model, op), n = 0, y = 0, x = 0;
        do
        {
            int first = Window.FirstPlace(model, op, n, y, x), lines = Window.Size(model, op, 1, y), places = Window.Size(model, op, 2, x);
            for (int c = 0; c < channels; c++)
            {
                int q = zeroPoint + Mean(arena, first + c, line, lines, places, channels, zeroPoint);
                arena[to + c] = (byte)Requantize.Clamp(q, min, max);
            }
            to += channels;
        }
        while (Window.Next(model, output, ref n, ref y, ref x));
    }

    /// <summary>Σa² / Σa of one channel, rounded half up. Squares are below 2¹⁶ and places at most 255², so Σa² stays below 2³².</summary>
    private static int Mean(Bytes arena, int first, int line, int lines, int places, int pixel, int zeroPoint)
    {
        uint sum = 0, squares = 0;
        for (; lines > 0; lines--, first += line)
        {
            for (int at = first; at < first + places * pixel; at += pixel)
            {
                int a = (sbyte)arena[at] - zeroPoint;
                if (a <= 0) continue;
                sum += (uint)a;
                squares += (uint)(a * a);
            }
        }
        if (sum == 0) return 0;
        uint mean = squares / sum, rest = squares - mean * sum;
        return (int)mean + (rest >= sum - rest ? 1 : 0);
    }
}
