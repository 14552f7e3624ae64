using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Managed;

/// <summary>
/// Where the tensors and the operators' scratch areas of a model lie in the arena. Works on a file whose records are complete but for
/// their arena offsets, because scratch sizes are the operators' to say and they read records.
/// </summary>
internal static unsafe class ArenaLayout
{
    /// <summary>Plans the arena and writes it into the file: every tensor's and scratch area's offset, and the header's size.</summary>
    internal static void Apply(byte* model)
    {
        int tensors = ModelFile.TensorCount(model), operators = ModelFile.OperatorCount(model);
        int[] scratch = new int[operators];
        for (int i = 0; i < operators; i++) scratch[i] = checked((int)OperatorTable.ScratchBytes(model, ModelFile.Operator(model, i)));
        (int[] offsets, int bytes) = Of(model, scratch);
        for (int t = 0; t < tensors; t++) Memory.SetInt32(model, ModelFile.Tensor(model, t) + TensorRecord.ArenaOffsetAt, offsets[t]);
        for (int i = 0; i < operators; i++)
            Memory.SetInt32(model, ModelFile.Operator(model, i) + OperatorRecord.ScratchAt, offsets[tensors + i]);
        Memory.SetInt32(model, ModelFile.ArenaBytesAt, bytes);
    }

    /// <summary>The arena offset of every tensor, then of every operator's scratch; and the bytes of the arena.</summary>
    private static (int[] Offsets, int Bytes) Of(byte* model, int[] scratch)
    {
        int tensors = ModelFile.TensorCount(model);
        int[] home = Homes(model);
        List<Lifetime> lifetimes = [];
        for (int t = 0; t < tensors; t++)
        {
            // A tensor that takes over another one's place makes that one's lifetime longer and needs no place itself.
            int last = 0;
            for (int u = t; u < tensors; u++)
                if (home[u] == t) last = Math.Max(last, LastUse(model, u));
            lifetimes.Add(new Lifetime(home[t] == t ? Bytes(model, t) : 0, FirstUse(model, t), last));
        }
        for (int i = 0; i < scratch.Length; i++) lifetimes.Add(new Lifetime(scratch[i], i, i));
        (int[] offsets, int bytes) = MemoryPlan.Make(lifetimes);
        for (int t = 0; t < tensors; t++) offsets[t] = offsets[home[t]];
        return (offsets, bytes);
    }

    /// <summary>The tensor whose place each tensor has: its own, or that of the input that its operator may overwrite.</summary>
    private static int[] Homes(byte* model)
    {
        int[] home = [.. Enumerable.Range(0, ModelFile.TensorCount(model))];
        for (int i = 0; i < ModelFile.OperatorCount(model); i++)
        {
            int op = ModelFile.Operator(model, i), input = OperatorRecord.InputIndex(model, op, 0);
            int output = Memory.UInt16(model, op + OperatorRecord.OutputAt);
            if (OperatorTable.RunsInPlace(OperatorRecord.Code(model, op)) && LastUse(model, input) == i && Bytes(model, input) == Bytes(model, output))
                home[output] = home[input];
        }
        return home;
    }

    private static int Bytes(byte* model, int tensor)
    {
        int record = ModelFile.Tensor(model, tensor), bytes = ElementType.Bytes(TensorRecord.Type(model, record));
        for (int axis = 0; axis < TensorRecord.MaxRank; axis++) bytes = checked(bytes * TensorRecord.Dimension(model, record, axis));
        return bytes;
    }

    private static int FirstUse(byte* model, int tensor) =>
        Math.Max(0, tensor - (ModelFile.TensorCount(model) - ModelFile.OperatorCount(model)));

    /// <summary>The last operator that needs the tensor; the number of operators for an output of the model.</summary>
    private static int LastUse(byte* model, int tensor)
    {
        int last = FirstUse(model, tensor), operators = ModelFile.OperatorCount(model);
        for (int i = last; i < operators; i++)
            if (OperatorRecord.Reads(model, ModelFile.Operator(model, i), tensor)) last = i;
        return IORecord.IsOutput(model, tensor) ? operators : last;
    }
}
