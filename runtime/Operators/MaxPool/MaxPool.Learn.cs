namespace EdgeCnn;

internal static unsafe partial class MaxPool
{
    /// <summary>The error of an output goes to the place that it came from: the first largest one under its window.</summary>
    internal static void Learn(Bytes model, int op, int record, Bytes arena)
    {
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output), n = 0, y = 0, x = 0, at = 0;
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt), winners = LearnRecord.Place(model, record, LearnRecord.SavedInputAt);
        int input = OperatorRecord.Input(model, op), elements = TensorRecord.Elements(model, input);
        int target = Backward.Target(model, record), first = TensorRecord.ArenaOffset(model, input), line = Window.LineBytes(model, op);
        ErrorTensor.Clear(arena, target, elements);
        do
        {
            int window = Window.FirstPlace(model, op, n, y, x) - first;
            int lines = Window.Size(model, op, 1, y), places = Window.Size(model, op, 2, x);
            for (int c = 0; c < channels; c++, at++)
            {
                int delta = ErrorTensor.Element(arena, error, at), winner = arena[winners + at];
                if (delta == 0 || winner >= lines * places) continue;
                int sum = target + ErrorTensor.HeaderBytes + 4 * (window + winner / places * line + winner % places * channels + c);
                Memory.SetInt32(arena, sum, Memory.Int32(arena, sum) + delta);
            }
        }
        while (Window.Next(model, output, ref n, ref y, ref x));
        Backward.Finish(model, record, arena, elements, ErrorTensor.Exponent(arena, error));
    }

    /// <summary>For each output the number, line by line, of the first largest place under its window, which has at most 256. The input
    /// (int8) is still in the arena.</summary>
    internal static void SaveWinners(Bytes model, int op, Bytes arena, int to)
    {
        if (LoweredTable.SaveWinners(model, op, arena, to)) return;
        int output = OperatorRecord.Output(model, op), channels = TensorRecord.Channels(model, output), line = Window.LineBytes(model, op);
        int n = 0, y = 0, x = 0;
        do
        {
            int first = Window.FirstPlace(model, op, n, y, x), lines = Window.Size(model, op, 1, y), places = Window.Size(model, op, 2, x);
            for (int c = 0; c < channels; c++, to++) arena[to] = (byte)Winner(arena, first + c, line, lines, places, channels);
        }
        while (Window.Next(model, output, ref n, ref y, ref x));
    }

    private static int Winner(Bytes arena, int first, int line, int lines, int places, int channels)
    {
        int winner = 0, largest = (sbyte)arena[first];
        for (int i = 0; i < lines; i++)
            for (int j = 0; j < places; j++)
            {
                int q = (sbyte)arena[first + i * line + j * channels];
                if (q <= largest) continue;
                largest = q;
                winner = i * places + j;
            }
        return winner;
    }
}
