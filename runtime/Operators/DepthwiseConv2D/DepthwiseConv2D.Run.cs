namespace EdgeCnn;

internal static unsafe partial class DepthwiseConv2D
{
    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        if (DepthwiseTile.Takes(model, op, requant, requantAt))
        {
            DepthwiseTile.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt);
            return;
        }
        int inputs = TensorRecord.Channels(model, OperatorRecord.Input(model, op)), multiplier = Multiplier(model, op);
        for (int i = 0; i < inputs; i++)
            Conv2D.Run(
                model, op, arena, i, 1, i * multiplier, multiplier, 1, weights, weightsAt, bias, biasAt, requant, requantAt);
    }
}
