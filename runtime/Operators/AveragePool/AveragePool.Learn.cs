namespace EdgeCnn;

internal static unsafe partial class AveragePool
{
    /// <summary>Fraction bits of 1 / places; a window's sum of errors stays within the 15 + 14 bits of an error times it.</summary>
    private const int ShareBits = 14;

    /// <summary>The error of an output goes in equal shares to the places under its window.</summary>
    internal static void Learn(Bytes model, int op, int record, Bytes arena)
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output), n = 0, y = 0, x = 0, at = 0;
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt), target = Backward.Target(model, record);
        int input = OperatorRecord.Input(model, op), elements = TensorRecord.Elements(model, input);
        int images = TensorRecord.ArenaOffset(model, input), line = Window.LineBytes(model, op);
        ErrorTensor.Clear(arena, target, elements);
        do
        {
            int window = Window.FirstPlace(model, op, n, y, x) - images, lines = Window.Size(model, op, 1, y), places = Window.Size(model, op, 2, x);
            int share = Requantize.Divide(1 << ShareBits, lines * places);
            for (int c = 0; c < channels; c++, at++)
            {
                int delta = ErrorTensor.Element(arena, error, at) * share;
                if (delta != 0) Spread(arena, target + ErrorTensor.HeaderBytes + 4 * (window + c), line, lines, places, channels, delta);
            }
        }
        while (Window.Next(model, output, ref n, ref y, ref x));
        Backward.Finish(model, record, arena, elements, ErrorTensor.Exponent(arena, error) - ShareBits);
    }

    /// <summary>Adds a number to the sums of all places under a window, in one channel.</summary>
    internal static void Spread(Bytes arena, int first, int line, int lines, int places, int channels, int share)
    {
        for (; lines > 0; lines--, first += 4 * line)
            for (int sum = first; sum < first + 4 * places * channels; sum += 4 * channels)
                Memory.SetInt32(arena, sum, Memory.Int32(arena, sum) + share);
    }
}
