using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Trainer.Export;

/// <summary>Where the tensors and the operators' scratch areas of a model lie in the arena.</summary>
internal static class ArenaLayout
{
    /// <summary>The arena offset of every tensor, then of every operator's scratch; and the bytes of the arena.</summary>
    /// <param name="model">The model.</param>
    /// <param name="scratch">Scratch bytes per operator.</param>
    public static (int[] Offsets, int Bytes) Of(IntegerModel model, int[] scratch)
    {
        int tensors = model.Tensors.Count;
        int[] home = Homes(model);
        List<Lifetime> lifetimes = [];
        for (int t = 0; t < tensors; t++)
        {
            // A tensor that takes over another one's place makes that one's lifetime longer and needs no place itself.
            int last = Enumerable.Range(t, tensors - t).Where(u => home[u] == t).Select(u => LastUse(model, u)).DefaultIfEmpty(0).Max();
            lifetimes.Add(new Lifetime(home[t] == t ? model.Tensors[t].Bytes : 0, FirstUse(model, t), last));
        }
        for (int i = 0; i < scratch.Length; i++) lifetimes.Add(new Lifetime(scratch[i], i, i));
        (int[] offsets, int bytes) = MemoryPlan.Make(lifetimes);
        for (int t = 0; t < tensors; t++) offsets[t] = offsets[home[t]];
        return (offsets, bytes);
    }

    /// <summary>The tensor whose place each tensor has: its own, or that of the input that its operator may overwrite.</summary>
    private static int[] Homes(IntegerModel model)
    {
        int[] home = [.. Enumerable.Range(0, model.Tensors.Count)];
        for (int i = 0; i < model.Operators.Count; i++)
        {
            IntegerOperator op = model.Operators[i];
            int input = op.Inputs[0];
            if (OperatorTable.RunsInPlace(op.Code) && LastUse(model, input) == i && model.Tensors[input].Bytes == model.Tensors[op.Output].Bytes)
                home[op.Output] = home[input];
        }
        return home;
    }

    private static int FirstUse(IntegerModel model, int tensor) =>
        Math.Max(0, tensor - (model.Tensors.Count - model.Operators.Count));

    /// <summary>The last operator that needs the tensor; the number of operators for an output of the model.</summary>
    private static int LastUse(IntegerModel model, int tensor)
    {
        int last = FirstUse(model, tensor);
        for (int i = last; i < model.Operators.Count; i++)
            if (model.Operators[i].Inputs.Contains(tensor)) last = i;
        return model.Outputs.Any(output => output.Tensor == tensor) ? model.Operators.Count : last;
    }
}
