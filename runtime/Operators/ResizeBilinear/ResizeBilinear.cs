namespace EdgeCnn;

/// <summary>
/// Bilinear interpolation of an N×H×W×C tensor at the places sy(y), sx(x) of the input, which are integers in steps of 1/1024 as in the
/// LiteRT reference kernel: s(i) = i · scale, plus scale/2 − 512 (half a pixel) where Shift says so. A place is between the pixels
/// ⌊s/1024⌋ and ⌈s/1024⌉, held to the image; the weighted sum, in steps of 2⁻²⁰, is rounded to nearest with ties away from zero. Record:
/// FORMAT.md in this folder.
/// </summary>
internal static unsafe partial class ResizeBilinear
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 52;

    /// <summary>Int32: rows of the input per row of the output, in steps of 1/1024.</summary>
    internal const int ScaleYAt = OperatorRecord.OwnAt;

    /// <summary>Int32: columns of the input per column of the output, in steps of 1/1024.</summary>
    internal const int ScaleXAt = OperatorRecord.OwnAt + 4;

    /// <summary>Int32: 1 when the first place is half a pixel of the output less half a pixel of the input, 0 when it is 0.</summary>
    internal const int HalfPixelAt = OperatorRecord.OwnAt + 8;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        ModelError error = OperatorCheck.OneInput(model, op, ElementType.Int8, ElementType.Int8, ref where);
        if (error != ModelError.None) return error;
        if (TensorRecord.Rank(model, input) != 4) return ModelCheck.Fail(ModelError.BadShape, input + TensorRecord.RankAt, ref where);
        if (TensorRecord.Rank(model, output) != 4) return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.RankAt, ref where);
        for (int axis = 0; axis < 4; axis += 3)
            if (TensorRecord.Dimension(model, input, axis) != TensorRecord.Dimension(model, output, axis))
                return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt + 4 * axis, ref where);
        if ((uint)Memory.Int32(model, op + HalfPixelAt) > 1) return ModelCheck.Fail(ModelError.BadOperator, op + HalfPixelAt, ref where);
        for (int axis = 1; axis < 3; axis++)
        {
            // The largest scale keeps every place in 31 bits; the last place begins inside the input.
            int at = op + ScaleYAt + 4 * (axis - 1), scale = Memory.Int32(model, at);
            long last = scale * (TensorRecord.Dimension(model, output, axis) - 1L) + (Memory.Int32(model, op + HalfPixelAt) == 0
                ? 0
                : scale / 2 - 512);
            if (scale < 0 || last > int.MaxValue - 1024 || last >= 1024L * TensorRecord.Dimension(model, input, axis))
                return ModelCheck.Fail(ModelError.BadShape, at, ref where);
        }
        return ModelError.None;
    }
}
