namespace EdgeCnn;

/// <summary>
/// Softmax along the innermost dimension: p[c] = e^(β·x[c]) / Σ e^(β·x[c]), from int8 to int8 or int16. The output's quantization is
/// fixed: scale 1/256, zero point −128, or scale 1/65536, zero point −32768. Rows are at most <see cref="MaxChannels"/> wide, so that
/// the sum of exponentials fits its Q12.19 accumulator. Record: FORMAT.md in this folder.
/// </summary>
/// <remarks>The LiteRT reference aborts when the sum of exponentials reaches 512; here the quotient is simply the rounded one, which
/// is below half a step then.</remarks>
internal static unsafe partial class Softmax
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 5;

    /// <summary>Widest row.</summary>
    internal const int MaxChannels = 4095;

    /// <summary>Int32: β · input scale · 2²⁶ as a Q31 mantissa.</summary>
    internal const int MultiplierAt = OperatorRecord.OwnAt;

    /// <summary>Int32: left shift that belongs to the mantissa.</summary>
    internal const int ShiftAt = OperatorRecord.OwnAt + 4;

    /// <summary>Int32: differences to the row's maximum below this count as e^−∞ = 0.</summary>
    internal const int MinDifferenceAt = OperatorRecord.OwnAt + 8;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int output = OperatorRecord.Output(model, op), type = Element.IsWide(model, output) ? ElementType.Int16 : ElementType.Int8;
        ModelError error = CheckRows(model, op, type, ref where);
        if (error != ModelError.None || TensorRecord.ZeroPoint(model, output) == ElementType.Min(type)) return error;
        return ModelCheck.Fail(ModelError.BadTensor, output + TensorRecord.ZeroPointAt, ref where);
    }

    /// <summary>What softmax and its logarithm share: int8 rows that are not too wide, and the fields of the exponential.</summary>
    internal static ModelError CheckRows(Bytes model, int op, int outputType, ref int where)
    {
        ModelError error = OperatorCheck.OneInput(model, op, ElementType.Int8, outputType, ref where);
        if (error == ModelError.None) error = OperatorCheck.SameRows(model, op, MaxChannels, ref where);
        if (error != ModelError.None) return error;
        if (Memory.Int32(model, op + MultiplierAt) < 0) return ModelCheck.Fail(ModelError.BadRequant, op + MultiplierAt, ref where);
        int shift = Memory.Int32(model, op + ShiftAt), minDifference = Memory.Int32(model, op + MinDifferenceAt);
        if (shift < 0 || shift > Requantize.MaxShift) return ModelCheck.Fail(ModelError.BadRequant, op + ShiftAt, ref where);
        return minDifference <= 0 ? ModelError.None : ModelCheck.Fail(ModelError.BadRequant, op + MinDifferenceAt, ref where);
    }
}
