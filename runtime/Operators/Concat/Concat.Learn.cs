namespace EdgeCnn;

internal static unsafe partial class Concat
{
    /// <summary>An input's error is its part of the output's. A record is about one input.</summary>
    internal static void Learn(Bytes model, int op, int record, Bytes arena)
    {
        int outer = Memory.Int32(model, op + OuterAt), index = LearnRecord.InputIndex(model, record), from = 0;
        for (int i = 0; i < index; i++) from += TensorRecord.Elements(model, Input(model, op, i)) / outer;
        int elements = TensorRecord.Elements(model, Input(model, op, index)), part = elements / outer;
        int whole = TensorRecord.Elements(model, OperatorRecord.Output(model, op)) / outer;
        int error = LearnRecord.Place(model, record, LearnRecord.OutputErrorAt), target = Backward.Target(model, record);
        int to = target + ErrorTensor.HeaderBytes;
        for (int o = 0; o < outer; o++, from += whole)
            for (int i = 0; i < part; i++, to += 4) Memory.SetInt32(arena, to, ErrorTensor.Element(arena, error, from + i));
        Backward.Finish(model, record, arena, elements, ErrorTensor.Exponent(arena, error));
    }
}
