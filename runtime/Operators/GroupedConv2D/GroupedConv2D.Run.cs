namespace EdgeCnn;

internal static unsafe partial class GroupedConv2D
{
    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int groups = OperatorRecord.Number(model, op), outputs = WeightedRows.OutputChannels(model, op) / groups;
        int inputs = TensorRecord.Channels(model, OperatorRecord.Input(model, op)) / groups;
        for (int g = 0; g < groups; g++)
            Conv2D.Run(
                model, op, arena, g * inputs, inputs, g * outputs, outputs, Tile.Rows,
                weights, weightsAt, bias, biasAt, requant, requantAt);
    }
}
