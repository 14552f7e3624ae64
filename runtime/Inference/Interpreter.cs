namespace EdgeCnn;

/// <summary>
/// Executes a checked model: one operator after the other, each reading and writing tensors in the arena. Cannot fail after
/// <see cref="ModelCheck.Verify"/>; allocates nothing.
/// </summary>
public static unsafe class Interpreter
{
    /// <summary>Runs the whole model. The inputs are in the arena; the outputs are there afterwards, the inputs may be gone.</summary>
    public static void Run(Bytes model, Bytes arena)
    {
        int count = ModelFile.OperatorCount(model);
        for (int i = 0; i < count; i++) Step(model, arena, i);
    }

    /// <summary>Runs operator <paramref name="index"/> only; the ones before it have run.</summary>
    public static void Step(Bytes model, Bytes arena, int index)
    {
        int op = ModelFile.Operator(model, index);
        int bias = OperatorRecord.Requant(model, op);
        int requant = bias + OperatorRecord.BiasBytes(model, op);
        // A second operand is a tensor in the arena or a constant in the file; the operator sees no difference.
        if (OperatorRecord.HasSecondInput(model, op))
            OperatorTable.Run(
                model, op, arena, arena, TensorRecord.ArenaOffset(model, OperatorRecord.Input2(model, op)), model, bias, model, requant);
        else
            OperatorTable.Run(model, op, arena, model, OperatorRecord.Weights(model, op), model, bias, model, requant);
    }
}
