using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import;

/// <summary>Takes out of a model what no output depends on, such as operators that were fused into others.</summary>
internal static class Pruning
{
    /// <summary>The model without operators whose outputs nobody needs; its inputs stay.</summary>
    public static IntegerModel WithoutUnused(IntegerModel model)
    {
        HashSet<int> needed = [.. model.Outputs.Select(output => output.Tensor)];
        foreach (IntegerOperator op in model.Operators.Reverse().Where(op => needed.Contains(op.Output))) needed.UnionWith(op.Inputs);
        IntegerOperator[] kept = [.. model.Operators.Where(op => needed.Contains(op.Output))];
        if (kept.Length == model.Operators.Count) return model;

        var pruned = new IntegerModel();
        var numbers = new Dictionary<int, int>();
        void Keep(int tensor)
        {
            numbers[tensor] = pruned.Tensors.Count;
            pruned.Tensors.Add(model.Tensors[tensor]);
        }
        for (int i = 0; i < model.Inputs.Count; i++)
        {
            pruned.Inputs.Add(model.Inputs[i]);
            Keep(i);
        }
        foreach (IntegerOperator op in kept)
        {
            Keep(op.Output);
            pruned.Operators.Add(Renumbered(op, numbers));
        }
        foreach (OutputDescription output in model.Outputs) pruned.Outputs.Add(output with { Tensor = numbers[output.Tensor] });
        foreach (KeyValuePair<string, string> pair in model.Meta) pruned.Meta.Add(pair);
        return pruned;
    }

    private static IntegerOperator Renumbered(IntegerOperator op, Dictionary<int, int> numbers)
    {
        int[] inputs = [.. op.Inputs.Select(input => numbers[input])];
        return op with
        {
            Inputs = inputs,
            Output = numbers[op.Output],
            Params = op.HasInputList ? [.. SectionBuilder.UInt16s(inputs), .. op.Params!.Skip(2 * inputs.Length)] : op.Params,
        };
    }
}
