namespace EdgeCnn;

/// <summary>
/// The same numbers in another quantization or type: y = clamp(zeroPoint(y) + scale(x) / scale(y) · (x − zeroPoint(x))), any of int8,
/// int16 and int32 to any of them. From 8 bits to 8 bits it is a <see cref="Lookup"/>. Record: FORMAT.md in this folder.
/// </summary>
internal static unsafe class Rescale
{
    /// <summary>Code in the operator record.</summary>
    internal const int Code = 24;

    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        int inputType = TensorRecord.Type(model, input), outputType = TensorRecord.Type(model, output);
        if (inputType == ElementType.UInt8) return ModelCheck.Fail(ModelError.BadShape, input + TensorRecord.TypeAt, ref where);
        if (outputType == ElementType.UInt8) return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.TypeAt, ref where);
        ModelError error = OperatorCheck.OneInput(model, op, inputType, outputType, ref where);
        if (error == ModelError.None) error = OperatorCheck.NoOwnFields(model, op, Clamp.MinAt, ref where);
        if (error == ModelError.None) error = OperatorCheck.SameElements(model, op, ref where);
        return error == ModelError.None ? Clamp.Check(model, op, ref where) : error;
    }

    internal static void Run(Bytes model, int op, Bytes arena, Bytes scales, int scalesAt)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op), count = TensorRecord.Elements(model, input);
        int inputType = TensorRecord.Type(model, input), outputType = TensorRecord.Type(model, output);
        int inputBytes = ElementType.Bytes(inputType), outputBytes = ElementType.Bytes(outputType);
        int from = TensorRecord.ArenaOffset(model, input), to = TensorRecord.ArenaOffset(model, output);
        int inputZero = TensorRecord.ZeroPoint(model, input), outputZero = TensorRecord.ZeroPoint(model, output);
        int multiplier = ScaleBlock.Multiplier(scales, scalesAt, 0), shift = ScaleBlock.Shift(scales, scalesAt, 1, 0);
        int min = Clamp.Min(model, op), max = Clamp.Max(model, op);
        for (int i = 0; i < count; i++, from += inputBytes, to += outputBytes)
        {
            int x = inputType == ElementType.Int32 ? Memory.Int32(arena, from) : Element.Read(arena, from, inputType == ElementType.Int16);
            int y = Requantize.Multiply(x - inputZero, multiplier, shift) + outputZero;
            if (outputType == ElementType.Int32) Memory.SetInt32(arena, to, y);
            else Element.Write(arena, to, outputType == ElementType.Int16, Requantize.Clamp(y, min, max));
        }
    }
}
