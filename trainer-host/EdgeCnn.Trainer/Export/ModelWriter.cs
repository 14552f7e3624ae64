using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeCnn.Managed;

namespace EdgeCnn.Trainer.Export;

/// <summary>
/// Writes an <see cref="IntegerModel"/> as a model file (runtime/Model/FORMAT.md): records, weights, memory plan, self-test, CRCs,
/// identity. The file is opened with the runtime before it is handed out.
/// </summary>
public static class ModelWriter
{
    /// <summary>Seed of the self-test's inputs.</summary>
    private const uint TestSeed = 0x45434E4E;

    /// <summary>The file's bytes.</summary>
    /// <exception cref="ExportException">A part of the model does not fit the format.</exception>
    public static byte[] Write(IntegerModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        // Scratch sizes are the runtime's to say, and it reads records: lay the file out once without a plan, ask, plan, lay out again.
        int[] nowhere = new int[model.Tensors.Count + model.Operators.Count];
        int[] scratch = ScratchBytes(Layout(model, nowhere, 0, null), model.Operators.Count);
        (int[] offsets, int arenaBytes) = MemoryPlan.Make(Lifetimes(model, scratch));
        byte[] untested = Layout(model, offsets, arenaBytes, new ulong[model.Operators.Count]);
        using EdgeModel probe = EdgeModel.Open(untested);
        return Layout(model, offsets, arenaBytes, TestHashes(probe));
    }

    private static byte[] Layout(IntegerModel model, int[] offsets, int arenaBytes, ulong[]? testHashes)
    {
        (byte[] requant, int[] requantAt) = RequantSection(model);
        (byte[] weights, int[] weightsAt) = WeightsSection(model);
        var sections = new List<(int Type, bool Required, byte[] Bytes)>
        {
            (SectionType.Operators, true, new byte[model.Operators.Count * OperatorRecord.Bytes]),
            (SectionType.Tensors, true, TensorsSection(model, offsets)),
            (SectionType.IO, true, IOSection.Write(model)),
        };
        if (requant.Length > 0) sections.Add((SectionType.Requant, true, requant));
        if (weights.Length > 0) sections.Add((SectionType.Weights, true, weights));
        if (testHashes is not null) sections.Add((SectionType.Test, false, TestSection(testHashes)));
        if (model.Meta.Count > 0) sections.Add((SectionType.Meta, false, MetaSection(model)));

        int[] places = new int[sections.Count];
        int end = ModelFile.HeaderBytes + sections.Count * ModelFile.SectionEntryBytes;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = Align(end, ModelFile.SectionAlignment);
            end = checked(places[i] + sections[i].Bytes.Length);
        }
        int At(int type) => places[Math.Max(0, sections.FindIndex(section => section.Type == type))];
        sections[0] = sections[0] with { Bytes = OperatorsSection(model, offsets, requantAt, At(SectionType.Requant), weightsAt, At(SectionType.Weights)) };

        byte[] file = new byte[end];
        for (int i = 0; i < places.Length; i++) sections[i].Bytes.CopyTo(file, places[i]);
        Header(file, model, arenaBytes, sections.Count);
        for (int i = 0; i < places.Length; i++)
        {
            int entry = ModelFile.HeaderBytes + i * ModelFile.SectionEntryBytes;
            file[entry + ModelFile.SectionTypeAt] = (byte)sections[i].Type;
            file[entry + ModelFile.SectionRequiredAt] = (byte)(sections[i].Required ? 1 : 0);
            SetInt32(file, entry + ModelFile.SectionOffsetAt, places[i]);
            SetInt32(file, entry + ModelFile.SectionBytesAt, sections[i].Bytes.Length);
        }
        ModelSeal.Apply(file);
        return file;
    }

    private static void Header(byte[] file, IntegerModel model, int arenaBytes, int sections)
    {
        SetInt32(file, ModelFile.MagicAt, ModelFile.Magic);
        file[ModelFile.MajorAt] = ModelFile.Major;
        file[ModelFile.MinorAt] = ModelFile.Minor;
        BinaryPrimitives.WriteUInt16LittleEndian(
            file.AsSpan(ModelFile.BodyAt), (ushort)(ModelFile.HeaderBytes + sections * ModelFile.SectionEntryBytes));
        SetInt32(file, ModelFile.FileBytesAt, file.Length);
        SetInt32(file, ModelFile.ArenaBytesAt, arenaBytes);
        SetInt32(file, ModelFile.LayerBytesAt, model.Operators.Max(op => op.Weights is { } w ? w.Values.Length + RequantBytes(w) : 0));
        foreach (IntegerOperator op in model.Operators) file[ModelFile.OperatorsUsedAt + op.Code / 8] |= (byte)(1 << (op.Code % 8));
    }

    private static byte[] OperatorsSection(
        IntegerModel model, int[] offsets, int[] requantAt, int requantBase, int[] weightsAt, int weightsBase)
    {
        var section = new SectionBuilder();
        for (int i = 0; i < model.Operators.Count; i++)
        {
            IntegerOperator op = model.Operators[i];
            section.Byte(op.Code);
            section.Byte(op.Weights is { Multipliers.Length: > 1 } ? OperatorRecord.PerChannel : 0);
            section.Int16(op.Input);
            section.Int16(op.Output);
            section.Int16(OperatorRecord.NoTensor);
            section.Int32(op.Weights is null ? 0 : weightsBase + weightsAt[i]);
            section.Int32(op.Weights is null ? 0 : requantBase + requantAt[i]);
            section.Int32(offsets[model.Tensors.Count + i]);
            section.Bytes(op.Own);
        }
        return section.ToArray();
    }

    private static byte[] TensorsSection(IntegerModel model, int[] offsets)
    {
        var section = new SectionBuilder();
        for (int i = 0; i < model.Tensors.Count; i++)
        {
            IntegerTensor tensor = model.Tensors[i];
            section.Int32(offsets[i]);
            section.Byte(ElementType.Int8);
            section.Byte(tensor.Shape.Count);
            section.Int16(tensor.Quantization.ZeroPoint);
            section.Int32(BitConverter.SingleToInt32Bits(tensor.Quantization.Scale));
            for (int axis = 0; axis < TensorRecord.MaxRank; axis++) section.Int32(axis < tensor.Shape.Count ? tensor.Shape[axis] : 1);
        }
        return section.ToArray();
    }

    private static (byte[] Bytes, int[] Offsets) RequantSection(IntegerModel model) => Collect(model, 4, (section, weights) =>
    {
        foreach (int bias in weights.Bias) section.Int32(bias);
        foreach (var multiplier in weights.Multipliers) section.Int32(multiplier.Mantissa);
        foreach (var multiplier in weights.Multipliers) section.Byte(multiplier.Shift);
        section.PadTo(4);
    });

    private static (byte[] Bytes, int[] Offsets) WeightsSection(IntegerModel model) => Collect(
        model, ModelFile.SectionAlignment, (section, weights) => section.Bytes(MemoryMarshal.AsBytes(weights.Values.AsSpan())));

    /// <summary>One aligned block per operator with weights, and where each begins.</summary>
    private static (byte[] Bytes, int[] Offsets) Collect(IntegerModel model, int alignment, Action<SectionBuilder, IntegerWeights> write)
    {
        var section = new SectionBuilder();
        int[] offsets = new int[model.Operators.Count];
        for (int i = 0; i < offsets.Length; i++)
        {
            if (model.Operators[i].Weights is not { } weights) continue;
            section.PadTo(alignment);
            offsets[i] = section.Length;
            write(section, weights);
        }
        return (section.ToArray(), offsets);
    }

    private static byte[] TestSection(ulong[] hashes)
    {
        var section = new SectionBuilder();
        section.Int32(unchecked((int)TestSeed));
        section.Int32(0);
        foreach (ulong hash in hashes)
        {
            section.Int32((int)hash);
            section.Int32((int)(hash >> 32));
        }
        return section.ToArray();
    }

    private static byte[] MetaSection(IntegerModel model)
    {
        var section = new SectionBuilder();
        foreach ((string key, string value) in model.Meta)
        {
            section.LongString(key);
            section.LongString(value);
        }
        return section.ToArray();
    }

    /// <summary>Tensors in order, then the operators' scratch.</summary>
    private static List<Lifetime> Lifetimes(IntegerModel model, int[] scratch)
    {
        int operators = model.Operators.Count, inputs = model.Tensors.Count - operators;
        var lifetimes = new List<Lifetime>();
        for (int t = 0; t < model.Tensors.Count; t++)
        {
            int first = Math.Max(0, t - inputs), last = first;
            for (int i = first; i < operators; i++)
                if (model.Operators[i].Input == t) last = i;
            if (model.Outputs.Any(output => output.Tensor == t)) last = operators;
            lifetimes.Add(new Lifetime(model.Tensors[t].Shape.Aggregate(1, (a, b) => checked(a * b)), first, last));
        }
        for (int i = 0; i < operators; i++) lifetimes.Add(new Lifetime(scratch[i], i, i));
        return lifetimes;
    }

    private static unsafe int[] ScratchBytes(byte[] file, int operators)
    {
        int[] scratch = new int[operators];
        fixed (byte* p = file)
        {
            for (int i = 0; i < operators; i++) scratch[i] = checked((int)OperatorTable.ScratchBytes(p, ModelFile.Operator(p, i)));
        }
        return scratch;
    }

    private static unsafe ulong[] TestHashes(EdgeModel model)
    {
        SelfTest.FillInputs(model.ModelPointer, model.ArenaPointer, TestSeed);
        return [.. model.RunProbed().Select(entry => entry.Hash)];
    }

    private static int RequantBytes(IntegerWeights weights) => Align(4 * weights.Bias.Length + 5 * weights.Multipliers.Length, 4);

    private static int Align(int value, int alignment) => checked(value + alignment - 1) / alignment * alignment;

    private static void SetInt32(byte[] file, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
}
