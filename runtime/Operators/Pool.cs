namespace EdgeCnn;

/// <summary>What the pooling operators share: an NHWC window without dilation over int8 or int16, channels and quantization unchanged, a
/// clamp.</summary>
internal static unsafe class Pool
{
    internal static ModelError Check(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op);
        int type = TensorRecord.Type(model, input) == ElementType.Int16 ? ElementType.Int16 : ElementType.Int8;
        ModelError error = OperatorCheck.OneInput(model, op, type, type, ref where);
        return error == ModelError.None ? CheckWindow(model, op, ref where) : error;
    }

    /// <summary>The window has no dilation and the clamp is in order; input and output have the same channels.</summary>
    internal static ModelError CheckWindow(Bytes model, int op, ref int where)
    {
        int input = OperatorRecord.Input(model, op), output = OperatorRecord.Output(model, op);
        ModelError error = Window.Check(model, op, ref where);
        if (error != ModelError.None) return error;
        if (Window.DilationY(model, op) != 1 || Window.DilationX(model, op) != 1)
            return ModelCheck.Fail(ModelError.BadOperator, op + Window.DilationYAt, ref where);
        if (TensorRecord.Channels(model, input) != TensorRecord.Channels(model, output))
            return ModelCheck.Fail(ModelError.BadShape, output + TensorRecord.DimensionsAt + 12, ref where);
        return Clamp.Check(model, op, ref where);
    }
}
