namespace EdgeCnn;

/// <summary>The verbs of learning.</summary>
internal static unsafe partial class OperatorTable
{
    /// <summary>Whether the operator can hand errors back to its input.</summary>
    internal static bool Learns(int code)
    {
        switch (code)
        {
            case Conv2D.Code: return true;
            case FullyConnected.Code: return true;
            case DepthwiseConv2D.Code: return true;
            case MaxPool.Code: return true;
            case AveragePool.Code: return true;
            case Reshape.Code: return true;
            case Rescale.Code: return true;
            case Add.Code: return true;
            case SumPool.Code: return true;
            case Lookup.Code: return true;
            case Concat.Code: return true;
            case Pad.Code: return true;
            default: return false;
        }
    }

    /// <summary>Whether the operator hands its output's error on to its inputs as it is.</summary>
    internal static bool PassesErrors(int code)
    {
        switch (code)
        {
            case Reshape.Code: return true;
            case Rescale.Code: return true;
            case Add.Code: return true;
            default: return false;
        }
    }

    /// <summary>Weights of one output channel, for operators whose weights can learn; else 0.</summary>
    internal static int Depth(Bytes model, int op)
    {
        switch (OperatorRecord.Code(model, op))
        {
            case Conv2D.Code: return (int)Window.Taps(model, op);
            case FullyConnected.Code: return FullyConnected.Depth(model, op);
            case DepthwiseConv2D.Code: return Window.KernelHeight(model, op) * Window.KernelWidth(model, op);
            case SumPool.Code: return 1;
            default: return 0;
        }
    }

    /// <summary>Bytes of scratch memory that the operator needs in the arena on the way back.</summary>
    internal static long LearnScratchBytes(Bytes model, int op, int channelsAtOnce)
    {
        if (LoweredTable.HasLearnForm(model, op)) return LoweredTable.LearnScratchBytes(model, op);
        switch (OperatorRecord.Code(model, op))
        {
            case Conv2D.Code: return Conv2D.LearnScratchBytes(model, op, channelsAtOnce);
            case FullyConnected.Code: return FullyConnected.LearnScratchBytes(model, op);
            case DepthwiseConv2D.Code: return DepthwiseConv2D.LearnScratchBytes(model, op);
            case SumPool.Code: return 4;
            default: return 0;
        }
    }

    /// <summary>Takes the operator's part of the way back: from its output's error to its input's, and to its weights.</summary>
    internal static void Learn(Bytes model, int op, int record, Bytes arena, Bytes weights, int weightsAt)
    {
        if (OperatorRecord.Tile(model, op) != TileCode.Portable && LoweredTable.Learn(model, op, record, arena, weights, weightsAt)) return;
        switch (OperatorRecord.Code(model, op))
        {
            case Conv2D.Code: Conv2D.Learn(model, op, record, arena, weights, weightsAt); break;
            case FullyConnected.Code: FullyConnected.Learn(model, op, record, arena, weights, weightsAt); break;
            case DepthwiseConv2D.Code: DepthwiseConv2D.Learn(model, op, record, arena, weights, weightsAt); break;
            case MaxPool.Code: MaxPool.Learn(model, op, record, arena); break;
            case AveragePool.Code: AveragePool.Learn(model, op, record, arena); break;
            case Reshape.Code: Backward.Pass(model, op, record, arena); break;
            case Rescale.Code: Backward.Pass(model, op, record, arena); break;
            case Add.Code: Backward.Pass(model, op, record, arena); break;
            case SumPool.Code: SumPool.Learn(model, op, record, arena, weights, weightsAt); break;
            case Lookup.Code: Lookup.Learn(model, op, record, arena); break;
            case Concat.Code: Concat.Learn(model, op, record, arena); break;
            case Pad.Code: Pad.Learn(model, op, record, arena); break;
        }
    }
}
