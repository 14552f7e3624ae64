namespace EdgeCnn;

internal static unsafe partial class Pad
{
    /// <summary>The input's error is the output's without the border.</summary>
    internal static void Learn(Bytes model, int op, int record, Bytes arena)
    {
        int input = OperatorRecord.Input(model, op), rank = TensorRecord.Rank(model, input);
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt), target = Backward.Target(model, record);
        int elements = TensorRecord.Elements(model, input), line = TensorRecord.Dimension(model, input, rank - 1);
        for (int first = 0; first < elements; first += line)
        {
            int from = Place(model, op, first), to = target + ErrorTensor.HeaderBytes + 4 * first;
            for (int i = 0; i < line; i++) Memory.SetInt32(arena, to + 4 * i, ErrorTensor.Element(arena, error, from + i));
        }
        Backward.Finish(model, record, arena, elements, ErrorTensor.Exponent(arena, error));
    }

    /// <summary>Number of the output's element that element <paramref name="index"/> of the input becomes.</summary>
    private static int Place(Bytes model, int op, int index)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), place = 0, step = 1;
        for (int axis = TensorRecord.Rank(model, input) - 1; axis >= 0; axis--)
        {
            int size = TensorRecord.Dimension(model, input, axis);
            place += (index % size + Before(model, op, axis)) * step;
            index /= size;
            step *= TensorRecord.Dimension(model, output, axis);
        }
        return place;
    }
}
