namespace EdgeCnn;

/// <summary>
/// Every operator, one line per verb. The cases are constants: a build that leaves a line out drops the operator's code.
/// </summary>
internal static unsafe partial class OperatorTable
{
    /// <summary>Whether this runtime has the operator.</summary>
    internal static bool IsBuiltIn(int code)
    {
        switch (code)
        {
            case Conv2D.Code: return true;
            case FullyConnected.Code: return true;
            case DepthwiseConv2D.Code: return true;
            case MaxPool.Code: return true;
            case AveragePool.Code: return true;
            case Softmax.Code: return true;
            case Reshape.Code: return true;
            case Add.Code: return true;
            case Sub.Code: return true;
            case Mul.Code: return true;
            case Maximum.Code: return true;
            case Minimum.Code: return true;
            case SquaredDifference.Code: return true;
            case PReLU.Code: return true;
            case Lookup.Code: return true;
            case Rescale.Code: return true;
            case Sigmoid.Code: return true;
            case Softmax16.Code: return true;
            case LogSoftmax.Code: return true;
            case L2Normalization.Code: return true;
            case Reduce.Code: return true;
            case ArgMax.Code: return true;
            case StridedCopy.Code: return true;
            case Concat.Code: return true;
            case Pad.Code: return true;
            case AxisGather.Code: return true;
            case ResizeBilinear.Code: return true;
            case GroupedConv2D.Code: return true;
            case TransposeConv2D.Code: return true;
            case BatchMatMul.Code: return true;
            case SumPool.Code: return true;
            case StochasticPool.Code: return true;
            case Conv2DInt4.Code: return true;
            case FullyConnectedInt4.Code: return true;
            case Conv2DInt16.Code: return true;
            case FullyConnectedInt16.Code: return true;
            case DepthwiseConv2DInt16.Code: return true;
            case Conv3D.Code: return true;
            default: return false;
        }
    }

    /// <summary>The operator's name, for hosts.</summary>
    internal static string Name(int code)
    {
        switch (code)
        {
            case Conv2D.Code: return nameof(Conv2D);
            case FullyConnected.Code: return nameof(FullyConnected);
            case DepthwiseConv2D.Code: return nameof(DepthwiseConv2D);
            case MaxPool.Code: return nameof(MaxPool);
            case AveragePool.Code: return nameof(AveragePool);
            case Softmax.Code: return nameof(Softmax);
            case Reshape.Code: return nameof(Reshape);
            case Add.Code: return nameof(Add);
            case Sub.Code: return nameof(Sub);
            case Mul.Code: return nameof(Mul);
            case Maximum.Code: return nameof(Maximum);
            case Minimum.Code: return nameof(Minimum);
            case SquaredDifference.Code: return nameof(SquaredDifference);
            case PReLU.Code: return nameof(PReLU);
            case Lookup.Code: return nameof(Lookup);
            case Rescale.Code: return nameof(Rescale);
            case Sigmoid.Code: return nameof(Sigmoid);
            case Softmax16.Code: return nameof(Softmax16);
            case LogSoftmax.Code: return nameof(LogSoftmax);
            case L2Normalization.Code: return nameof(L2Normalization);
            case Reduce.Code: return nameof(Reduce);
            case ArgMax.Code: return nameof(ArgMax);
            case StridedCopy.Code: return nameof(StridedCopy);
            case Concat.Code: return nameof(Concat);
            case Pad.Code: return nameof(Pad);
            case AxisGather.Code: return nameof(AxisGather);
            case ResizeBilinear.Code: return nameof(ResizeBilinear);
            case GroupedConv2D.Code: return nameof(GroupedConv2D);
            case TransposeConv2D.Code: return nameof(TransposeConv2D);
            case BatchMatMul.Code: return nameof(BatchMatMul);
            case SumPool.Code: return nameof(SumPool);
            case StochasticPool.Code: return nameof(StochasticPool);
            case Conv2DInt4.Code: return nameof(Conv2DInt4);
            case FullyConnectedInt4.Code: return nameof(FullyConnectedInt4);
            case Conv2DInt16.Code: return nameof(Conv2DInt16);
            case FullyConnectedInt16.Code: return nameof(FullyConnectedInt16);
            case DepthwiseConv2DInt16.Code: return nameof(DepthwiseConv2DInt16);
            case Conv3D.Code: return nameof(Conv3D);
            default: return "";
        }
    }

    /// <summary>Checks the operator's own fields against its tensors' shapes, which are well formed by themselves.</summary>
    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        switch (OperatorRecord.Code(model, op))
        {
            case Conv2D.Code: return Conv2D.Check(model, op, ref where);
            case FullyConnected.Code: return FullyConnected.Check(model, op, ref where);
            case DepthwiseConv2D.Code: return DepthwiseConv2D.Check(model, op, ref where);
            case MaxPool.Code: return MaxPool.Check(model, op, ref where);
            case AveragePool.Code: return AveragePool.Check(model, op, ref where);
            case Softmax.Code: return Softmax.Check(model, op, ref where);
            case Reshape.Code: return Reshape.Check(model, op, ref where);
            case Add.Code: return Broadcast.Check(model, op, ref where);
            case Sub.Code: return Broadcast.Check(model, op, ref where);
            case Mul.Code: return Broadcast.Check(model, op, ref where);
            case Maximum.Code: return Broadcast.Check(model, op, ref where);
            case Minimum.Code: return Broadcast.Check(model, op, ref where);
            case SquaredDifference.Code: return Broadcast.Check(model, op, ref where);
            case PReLU.Code: return Broadcast.Check(model, op, ref where);
            case Lookup.Code: return Lookup.Check(model, op, ref where);
            case Rescale.Code: return Rescale.Check(model, op, ref where);
            case Sigmoid.Code: return Sigmoid.Check(model, op, ref where);
            case Softmax16.Code: return Softmax16.Check(model, op, ref where);
            case LogSoftmax.Code: return LogSoftmax.Check(model, op, ref where);
            case L2Normalization.Code: return L2Normalization.Check(model, op, ref where);
            case Reduce.Code: return Reduce.Check(model, op, ref where);
            case ArgMax.Code: return ArgMax.Check(model, op, ref where);
            case StridedCopy.Code: return StridedCopy.Check(model, op, ref where);
            case Concat.Code: return Concat.Check(model, op, ref where);
            case Pad.Code: return Pad.Check(model, op, ref where);
            case AxisGather.Code: return AxisGather.Check(model, op, ref where);
            case ResizeBilinear.Code: return ResizeBilinear.Check(model, op, ref where);
            case GroupedConv2D.Code: return GroupedConv2D.Check(model, op, ref where);
            case TransposeConv2D.Code: return TransposeConv2D.Check(model, op, ref where);
            case BatchMatMul.Code: return BatchMatMul.Check(model, op, ref where);
            case SumPool.Code: return SumPool.Check(model, op, ref where);
            case StochasticPool.Code: return StochasticPool.Check(model, op, ref where);
            case Conv2DInt4.Code: return Conv2DInt4.Check(model, op, ref where);
            case FullyConnectedInt4.Code: return FullyConnectedInt4.Check(model, op, ref where);
            case Conv2DInt16.Code: return Conv2DInt16.Check(model, op, ref where);
            case FullyConnectedInt16.Code: return FullyConnectedInt16.Check(model, op, ref where);
            case DepthwiseConv2DInt16.Code: return DepthwiseConv2DInt16.Check(model, op, ref where);
            case Conv3D.Code: return Conv3D.Check(model, op, ref where);
            default: return ModelError.UnknownOperator;
        }
    }

    /// <summary>Bytes of weights that the operator reads; 0 for an operator without weights.</summary>
    internal static long WeightBytes(Bytes model, int op)
    {
        if (OperatorRecord.Tile(model, op) != TileCode.Portable) return LoweredTable.WeightBytes(model, op);
        switch (OperatorRecord.Code(model, op))
        {
            case Conv2D.Code: return Conv2D.WeightBytes(model, op);
            case FullyConnected.Code: return FullyConnected.WeightBytes(model, op);
            case DepthwiseConv2D.Code: return DepthwiseConv2D.WeightBytes(model, op);
            case Add.Code: return Broadcast.SecondBytes(model, op);
            case Sub.Code: return Broadcast.SecondBytes(model, op);
            case Mul.Code: return Broadcast.SecondBytes(model, op);
            case Maximum.Code: return Broadcast.SecondBytes(model, op);
            case Minimum.Code: return Broadcast.SecondBytes(model, op);
            case SquaredDifference.Code: return Broadcast.SecondBytes(model, op);
            case PReLU.Code: return Broadcast.SecondBytes(model, op);
            case Lookup.Code: return Lookup.TableBytes;
            case Sigmoid.Code: return 2 * Sigmoid.TableLength;
            case Softmax16.Code: return 2 * 2 * Softmax16.TableLength;
            case GroupedConv2D.Code: return GroupedConv2D.WeightBytes(model, op);
            case TransposeConv2D.Code: return TransposeConv2D.WeightBytes(model, op);
            case BatchMatMul.Code: return BatchMatMul.WeightBytes(model, op);
            case SumPool.Code: return SumPool.WeightBytes(model, op);
            case Conv2DInt4.Code: return Conv2DInt4.WeightBytes(model, op);
            case FullyConnectedInt4.Code: return FullyConnectedInt4.WeightBytes(model, op);
            case Conv2DInt16.Code: return Conv2DInt16.WeightBytes(model, op);
            case FullyConnectedInt16.Code: return FullyConnectedInt16.WeightBytes(model, op);
            case DepthwiseConv2DInt16.Code: return DepthwiseConv2DInt16.WeightBytes(model, op);
            case Conv3D.Code: return Conv3D.WeightBytes(model, op);
            default: return 0;
        }
    }

    /// <summary>Bytes of the operator's requantization block; 0 for an operator without one.</summary>
    internal static long RequantBytes(Bytes model, int op)
    {
        if (OperatorRecord.Tile(model, op) != TileCode.Portable) return LoweredTable.RequantBytes(model, op);
        switch (OperatorRecord.Code(model, op))
        {
            case Conv2D.Code: return WeightedRows.RequantBytes(model, op);
            case FullyConnected.Code: return WeightedRows.RequantBytes(model, op);
            case DepthwiseConv2D.Code: return WeightedRows.RequantBytes(model, op);
            case Add.Code: return ScaleBlock.Bytes(3);
            case Sub.Code: return ScaleBlock.Bytes(3);
            case Mul.Code: return ScaleBlock.Bytes(1);
            case SquaredDifference.Code: return ScaleBlock.Bytes(3);
            case PReLU.Code: return ScaleBlock.Bytes(2);
            case Rescale.Code: return ScaleBlock.Bytes(1);
            case Softmax16.Code: return ScaleBlock.Bytes(1);
            case LogSoftmax.Code: return ScaleBlock.Bytes(1);
            case Reduce.Code: return Reduce.ScaleBytes(model, op);
            case GroupedConv2D.Code: return WeightedRows.RequantBytes(model, op);
            case TransposeConv2D.Code: return WeightedRows.RequantBytes(model, op);
            case SumPool.Code: return WeightedRows.RequantBytes(model, op);
            case Conv2DInt4.Code: return WeightedRows.RequantBytes(model, op);
            case FullyConnectedInt4.Code: return WeightedRows.RequantBytes(model, op);
            case Conv2DInt16.Code: return WeightedRows.RequantBytes(model, op);
            case FullyConnectedInt16.Code: return WeightedRows.RequantBytes(model, op);
            case DepthwiseConv2DInt16.Code: return WeightedRows.RequantBytes(model, op);
            case Conv3D.Code: return WeightedRows.RequantBytes(model, op);
            default: return 0;
        }
    }

    /// <summary>Checks the requantization block, which lies inside its section.</summary>
    internal static ModelError CheckRequant(Bytes model, int op, ref int where)
    {
        if (OperatorRecord.Tile(model, op) != TileCode.Portable) return LoweredTable.CheckRequant(model, op, ref where);
        switch (OperatorRecord.Code(model, op))
        {
            case Conv2D.Code: return WeightedRows.CheckRequant(model, op, ref where);
            case FullyConnected.Code: return WeightedRows.CheckRequant(model, op, ref where);
            case DepthwiseConv2D.Code: return WeightedRows.CheckRequant(model, op, ref where);
            case Add.Code: return ScaleBlock.Check(model, OperatorRecord.Requant(model, op), 3, ref where);
            case Sub.Code: return ScaleBlock.Check(model, OperatorRecord.Requant(model, op), 3, ref where);
            case Mul.Code: return ScaleBlock.Check(model, OperatorRecord.Requant(model, op), 1, ref where);
            case SquaredDifference.Code: return ScaleBlock.Check(model, OperatorRecord.Requant(model, op), 3, ref where);
            case PReLU.Code: return ScaleBlock.Check(model, OperatorRecord.Requant(model, op), 2, ref where);
            case Rescale.Code: return ScaleBlock.Check(model, OperatorRecord.Requant(model, op), 1, ref where);
            case Softmax16.Code: return ScaleBlock.Check(model, OperatorRecord.Requant(model, op), 1, ref where);
            case LogSoftmax.Code: return ScaleBlock.Check(model, OperatorRecord.Requant(model, op), 1, ref where);
            case Reduce.Code: return Reduce.CheckScales(model, op, ref where);
            case GroupedConv2D.Code: return WeightedRows.CheckRequant(model, op, ref where);
            case TransposeConv2D.Code: return TransposeConv2D.CheckRequant(model, op, ref where);
            case SumPool.Code: return WeightedRows.CheckRequant(model, op, ref where);
            case Conv2DInt4.Code: return WeightedRows.CheckRequant(model, op, ref where);
            case FullyConnectedInt4.Code: return WeightedRows.CheckRequant(model, op, ref where);
            case Conv2DInt16.Code: return WideRows.CheckRequant(model, op, ref where);
            case FullyConnectedInt16.Code: return WideRows.CheckRequant(model, op, ref where);
            case DepthwiseConv2DInt16.Code: return WideRows.CheckRequant(model, op, ref where);
            case Conv3D.Code: return WeightedRows.CheckRequant(model, op, ref where);
            default: return ModelError.None;
        }
    }

    /// <summary>Whether the output may take the place of the first input in the arena, when both have the same size and the input is not
    /// needed any more: every element is read before its place is written.</summary>
    internal static bool RunsInPlace(int code)
    {
        switch (code)
        {
            case Reshape.Code: return true;
            case Add.Code: return true;
            case Sub.Code: return true;
            case Mul.Code: return true;
            case Maximum.Code: return true;
            case Minimum.Code: return true;
            case SquaredDifference.Code: return true;
            case PReLU.Code: return true;
            case Lookup.Code: return true;
            case Rescale.Code: return true;
            case Sigmoid.Code: return true;
            case L2Normalization.Code: return true;
            default: return false;
        }
    }

    /// <summary>Whether the operator may have a number of its own in place of a second input.</summary>
    internal static bool TakesNumber(int code)
    {
        switch (code)
        {
            case GroupedConv2D.Code: return true;
            case TransposeConv2D.Code: return true;
            case Conv2DInt16.Code: return true;
            case FullyConnectedInt16.Code: return true;
            case DepthwiseConv2DInt16.Code: return true;
            default: return false;
        }
    }

    /// <summary>Bytes of scratch memory that the operator needs in the arena while it runs.</summary>
    internal static long ScratchBytes(Bytes model, int op)
    {
        if (OperatorRecord.Tile(model, op) != TileCode.Portable) return LoweredTable.ScratchBytes(model, op);
        switch (OperatorRecord.Code(model, op))
        {
            case Conv2D.Code: return Conv2D.ScratchBytes(model, op);
            case FullyConnected.Code: return FullyConnected.ScratchBytes(model, op);
            case DepthwiseConv2D.Code: return DepthwiseConv2D.ScratchBytes(model, op);
            case GroupedConv2D.Code: return GroupedConv2D.ScratchBytes(model, op);
            case TransposeConv2D.Code: return TransposeConv2D.ScratchBytes(model, op);
            case BatchMatMul.Code: return BatchMatMul.ScratchBytes(model, op);
            case Conv2DInt4.Code: return Conv2DInt4.ScratchBytes(model, op);
            case FullyConnectedInt4.Code: return FullyConnectedInt4.ScratchBytes(model, op);
            case Conv2DInt16.Code: return Conv2DInt16.ScratchBytes(model, op);
            case DepthwiseConv2DInt16.Code: return DepthwiseConv2DInt16.ScratchBytes(model, op);
            case Conv3D.Code: return Conv3D.ScratchBytes(model, op);
            default: return 0;
        }
    }

    /// <summary>Multiply-accumulate operations of one run; 0 for an operator without weights.</summary>
    internal static long Macs(Bytes model, int op)
    {
        switch (OperatorRecord.Code(model, op))
        {
            case Conv2D.Code: return Conv2D.Macs(model, op);
            case FullyConnected.Code: return FullyConnected.Macs(model, op);
            case DepthwiseConv2D.Code: return DepthwiseConv2D.Macs(model, op);
            case GroupedConv2D.Code: return GroupedConv2D.Macs(model, op);
            case TransposeConv2D.Code: return TransposeConv2D.Macs(model, op);
            case BatchMatMul.Code: return BatchMatMul.Macs(model, op);
            case Conv2DInt4.Code: return Conv2DInt4.Macs(model, op);
            case FullyConnectedInt4.Code: return FullyConnectedInt4.Macs(model, op);
            case Conv2DInt16.Code: return Conv2DInt16.Macs(model, op);
            case FullyConnectedInt16.Code: return FullyConnectedInt16.Macs(model, op);
            case DepthwiseConv2DInt16.Code: return DepthwiseConv2DInt16.Macs(model, op);
            case Conv3D.Code: return Conv3D.Macs(model, op);
            default: return 0;
        }
    }

    /// <summary>Runs the operator: reads its input tensor and writes its output tensor in the arena.</summary>
    /// <remarks>Weights, bias and requantization each come as (bytes, offset), because they may lie in the file, in the arena
    /// (weights that learn) or in a window read from storage; the operator does not know which. An operator that rescales without having
    /// weights finds its multipliers where others have their biases.</remarks>
    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
        if (OperatorRecord.Tile(model, op) != TileCode.Portable)
        {
            LoweredTable.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt);
            return;
        }
        switch (OperatorRecord.Code(model, op))
        {
            case Conv2D.Code: Conv2D.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
            case FullyConnected.Code: FullyConnected.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
            case DepthwiseConv2D.Code: DepthwiseConv2D.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
            case MaxPool.Code: MaxPool.Run(model, op, arena); break;
            case AveragePool.Code: AveragePool.Run(model, op, arena); break;
            case Softmax.Code: Softmax.Run(model, op, arena); break;
            case Reshape.Code: Reshape.Run(model, op, arena); break;
            case Add.Code: Broadcast.Run(model, op, arena, weights, weightsAt, bias, biasAt); break;
            case Sub.Code: Broadcast.Run(model, op, arena, weights, weightsAt, bias, biasAt); break;
            case Mul.Code: Broadcast.Run(model, op, arena, weights, weightsAt, bias, biasAt); break;
            case Maximum.Code: Broadcast.Run(model, op, arena, weights, weightsAt, bias, biasAt); break;
            case Minimum.Code: Broadcast.Run(model, op, arena, weights, weightsAt, bias, biasAt); break;
            case SquaredDifference.Code: Broadcast.Run(model, op, arena, weights, weightsAt, bias, biasAt); break;
            case PReLU.Code: Broadcast.Run(model, op, arena, weights, weightsAt, bias, biasAt); break;
            case Lookup.Code: Lookup.Run(model, op, arena, weights, weightsAt); break;
            case Rescale.Code: Rescale.Run(model, op, arena, bias, biasAt); break;
            case Sigmoid.Code: Sigmoid.Run(model, op, arena, weights, weightsAt); break;
            case Softmax16.Code: Softmax16.Run(model, op, arena, weights, weightsAt, bias, biasAt); break;
            case LogSoftmax.Code: LogSoftmax.Run(model, op, arena, bias, biasAt); break;
            case L2Normalization.Code: L2Normalization.Run(model, op, arena); break;
            case Reduce.Code: Reduce.Run(model, op, arena, bias, biasAt); break;
            case ArgMax.Code: ArgMax.Run(model, op, arena); break;
            case StridedCopy.Code: StridedCopy.Run(model, op, arena); break;
            case Concat.Code: Concat.Run(model, op, arena); break;
            case Pad.Code: Pad.Run(model, op, arena); break;
            case AxisGather.Code: AxisGather.Run(model, op, arena); break;
            case ResizeBilinear.Code: ResizeBilinear.Run(model, op, arena); break;
            case GroupedConv2D.Code: GroupedConv2D.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
            case TransposeConv2D.Code: TransposeConv2D.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
            case BatchMatMul.Code: BatchMatMul.Run(model, op, arena, weights, weightsAt); break;
            case SumPool.Code: SumPool.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
            case StochasticPool.Code: StochasticPool.Run(model, op, arena); break;
            case Conv2DInt4.Code: Conv2DInt4.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
            case FullyConnectedInt4.Code:
                FullyConnectedInt4.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt);
                break;
            case Conv2DInt16.Code: Conv2DInt16.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
            case FullyConnectedInt16.Code:
                FullyConnectedInt16.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt);
                break;
            case DepthwiseConv2DInt16.Code:
                DepthwiseConv2DInt16.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt);
                break;
            case Conv3D.Code: Conv3D.Run(model, op, arena, weights, weightsAt, bias, biasAt, requant, requantAt); break;
        }
    }

    /// <summary>
    /// Computes <paramref name="count"/> neighbouring outputs of an elementwise operator of two operands. Each operand goes on by its step
    /// in bytes from element to element: its element's size, or 0 when one element serves the whole row.
    /// </summary>
    internal static void Row(
        Bytes model, int op, Bytes arena, int at1, int step1, Bytes second, int at2, int step2, int to, int count,
        Bytes scales, int scalesAt)
    {
        switch (OperatorRecord.Code(model, op))
        {
            case Add.Code: Add.Row(model, op, arena, at1, step1, second, at2, step2, to, count, scales, scalesAt); break;
            case Sub.Code: Sub.Row(model, op, arena, at1, step1, second, at2, step2, to, count, scales, scalesAt); break;
            case Mul.Code: Mul.Row(model, op, arena, at1, step1, second, at2, step2, to, count, scales, scalesAt); break;
            case Maximum.Code: Maximum.Row(model, op, arena, at1, step1, second, at2, step2, to, count); break;
            case Minimum.Code: Minimum.Row(model, op, arena, at1, step1, second, at2, step2, to, count); break;
            case SquaredDifference.Code:
                SquaredDifference.Row(model, op, arena, at1, step1, second, at2, step2, to, count, scales, scalesAt);
                break;
            case PReLU.Code: PReLU.Row(model, op, arena, at1, step1, second, at2, step2, to, count, scales, scalesAt); break;
        }
    }
}
