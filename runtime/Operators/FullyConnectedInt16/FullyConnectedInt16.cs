namespace EdgeCnn;

/// <summary>
/// <see cref="FullyConnected"/> of int16 activations by int8 weights: rows of K elements, weights C×K, output R×C; the way from sums to
/// outputs is that of <see cref="WideRows"/>. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe class FullyConnectedInt16
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 61;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        ModelError error = WideRows.CheckTensors(model, op, ref where);
        return error == ModelError.None ? FullyConnected.CheckShapes(model, op, ref where) : error;
    }

    internal static long WeightBytes(Bytes model, int op) => FullyConnected.WeightBytes(model, op);

    internal static long Macs(Bytes model, int op) => FullyConnected.Macs(model, op);

    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int output = OperatorRecord.Output(model, op), rows = FullyConnected.Rows(model, output), depth = FullyConnected.Depth(model, op);
        int from = TensorRecord.ArenaOffset(model, OperatorRecord.Input(model, op)), to = TensorRecord.ArenaOffset(model, output);
        int line = 2 * TensorRecord.Channels(model, output);
        for (int r = 0; r < rows; r++, from += 2 * depth, to += line)
            WideRows.Run(model, op, arena, from, depth, to, weights, weightsAt, bias, biasAt, requant, requantAt);
    }
}
