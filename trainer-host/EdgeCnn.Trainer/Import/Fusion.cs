using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import;

/// <summary>Finds operators that the next one can do by itself, with the same integers as a result.</summary>
internal static class Fusion
{
    /// <summary>Operators that hold their outputs to the bounds of <see cref="Clamp"/>.</summary>
    private static readonly HashSet<int> Clamping =
    [
        Conv2D.Code, Conv2DInt4.Code, Conv2DInt16.Code, GroupedConv2D.Code, DepthwiseConv2D.Code, DepthwiseConv2DInt16.Code,
        TransposeConv2D.Code, Conv3D.Code, FullyConnected.Code, FullyConnectedInt4.Code, FullyConnectedInt16.Code, MaxPool.Code,
        AveragePool.Code, Add.Code, Sub.Code, Mul.Code, Maximum.Code, Minimum.Code, SquaredDifference.Code, PReLU.Code,
    ];

    /// <summary>Narrows the bounds of the operator that writes <paramref name="tensor"/> to [min, max]; false when it has none.</summary>
    public static bool MergeClamp(IntegerModel model, int tensor, int min, int max)
    {
        if (Writer(model, tensor) is not { } op || !Clamping.Contains(op.Code)) return false;
        // One clamp after another is the clamp between the first's bounds as the second leaves them.
        foreach (int at in new[] { Clamp.MinAt, Clamp.MaxAt })
        {
            int bound = BitConverter.ToInt16(op.Own, at - OperatorRecord.OwnAt);
            OwnFields.SetInt16(op.Own, at, Math.Clamp(bound, min, max));
        }
        return true;
    }

    /// <summary>The tensor before any reshapes: a fully connected layer reads rows whatever the shape.</summary>
    public static int BeforeReshapes(IntegerModel model, int tensor)
    {
        while (Writer(model, tensor) is { } op && op.Code == Reshape.Code) tensor = op.Inputs[0];
        return tensor;
    }

    /// <summary>
    /// The tensor before a border of real zeros around rows and columns, when the window that comes next can reach over the edge itself;
    /// its
    /// record's fields get the padding. Otherwise the tensor as it is.
    /// </summary>
    /// <param name="model">The model so far.</param>
    /// <param name="tensor">What the convolution reads.</param>
    /// <param name="output">Shape of its output, N×H×W×C.</param>
    /// <param name="window">Its record's own fields, as yet without padding.</param>
    public static int BeforeBorder(IntegerModel model, int tensor, IReadOnlyList<int> output, byte[] window)
    {
        if (Writer(model, tensor) is not { } pad || pad.Code != Pad.Code) return tensor;
        IntegerTensor inner = model.Tensors[pad.Inputs[0]], padded = model.Tensors[tensor];
        int value = BitConverter.ToInt32(pad.Own, Pad.ValueAt - OperatorRecord.OwnAt);
        if (value != inner.Quantization.ZeroPoint || inner.Shape.Count != 4 || output.Count != 4) return tensor;
        if (inner.Shape[0] != padded.Shape[0] || inner.Shape[3] != padded.Shape[3]) return tensor;
        int[] before = [.. Enumerable.Range(0, 4).Select(axis => BitConverter.ToInt32(pad.Params!, 4 * axis))];
        int Field(int at, int axis) => window[at - OperatorRecord.OwnAt + axis - 1];
        for (int axis = 1; axis <= 2; axis++)
        {
            // Each window must meet the image, as the file format wants it.
            int reach = (Field(Window.KernelHeightAt, axis) - 1) * Field(Window.DilationYAt, axis);
            int lastStart = (output[axis] - 1) * Field(Window.StrideYAt, axis) - before[axis];
            if (Field(Window.PadTopAt, axis) != 0 || before[axis] > reach || before[axis] > byte.MaxValue || lastStart >= inner.Shape[axis])
                return tensor;
        }
        window[Window.PadTopAt - OperatorRecord.OwnAt] = (byte)before[1];
        window[Window.PadLeftAt - OperatorRecord.OwnAt] = (byte)before[2];
        return pad.Inputs[0];
    }

    private static IntegerOperator? Writer(IntegerModel model, int tensor) => model.Operators.FirstOrDefault(op => op.Output == tensor);
}
