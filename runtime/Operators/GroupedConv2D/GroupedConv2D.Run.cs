namespace EdgeCnn;

internal static unsafe partial class GroupedConv2D
{
    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        int output = OperatorRecord.Output(model, op), groups = OperatorRecord.Number(model, op), positions = Window.Positions(model, op);
        int depth = (int)Depth(model, op), channels = TensorRecord.Channels(model, output), outputs = channels / groups;
        int inputs = TensorRecord.Channels(model, OperatorRecord.Input(model, op)) / groups, to = TensorRecord.ArenaOffset(model, output);
        int patches = OperatorRecord.Scratch(model, op) + WeightedRows.SumBytes(model, op, positions);
        int n = 0, y = 0, x = 0;
        for (int p = 0; p < positions; p += Tile.Rows)
        {
            int count = positions - p < Tile.Rows ? positions - p : Tile.Rows, n1 = n, y1 = y, x1 = x;
            if (count > 1) Window.Next(model, output, ref n1, ref y1, ref x1);
            for (int g = 0; g < groups; g++)
            {
                Patch.Gather(model, op, arena, n, y, x, g * inputs, inputs, patches);
                if (count > 1) Patch.Gather(model, op, arena, n1, y1, x1, g * inputs, inputs, patches + depth);
                WeightedRows.Run(
                    model, op, arena, patches, depth, count, depth, to + p * channels, g * outputs, outputs,
                    weights, weightsAt, bias, biasAt, requant, requantAt);
            }
            n = n1;
            y = y1;
            x = x1;
            Window.Next(model, output, ref n, ref y, ref x);
        }
    }
}
