using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Quantization;

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
        byte[] untested = Layout(model, new ulong[model.Operators.Count]);
        using EdgeModel probe = EdgeModel.Open(untested, TileCode.Portable);
        return Layout(model, TestHashes(probe));
    }

    private static byte[] Layout(IntegerModel model, ulong[] testHashes)
    {
        (byte[] requant, int[] requantAt) = RequantSection(model);
        (byte[] weights, int[] weightsAt) = WeightsSection(model);
        (byte[] parameters, int[] paramsAt) = ParamsSection(model);
        var sections = new List<(int Type, bool Required, byte[] Bytes)>
        {
            (SectionType.Operators, true, new byte[model.Operators.Count * OperatorRecord.Bytes]),
            (SectionType.Tensors, true, TensorsSection(model)),
        };
        if (parameters.Length > 0) sections.Add((SectionType.Params, true, parameters));
        sections.Add((SectionType.IO, true, IOSection.Write(model)));
        if (requant.Length > 0) sections.Add((SectionType.Requant, true, requant));
        if (weights.Length > 0) sections.Add((SectionType.Weights, true, weights));
        sections.Add((SectionType.Test, false, TestSection(testHashes)));
        byte[] meta = MetaSection(model);
        if (meta.Length > 0) sections.Add((SectionType.Meta, false, meta));

        int[] places = new int[sections.Count];
        int end = ModelFile.HeaderBytes + sections.Count * ModelFile.SectionEntryBytes;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = Align(end, ModelFile.SectionAlignment);
            end = checked(places[i] + sections[i].Bytes.Length);
        }
        int At(int type) => places[Math.Max(0, sections.FindIndex(section => section.Type == type))];
        sections[0] = sections[0] with
        {
            Bytes = OperatorsSection(
                model, i => At(SectionType.Params) + paramsAt[i], i => At(SectionType.Requant) + requantAt[i],
                i => At(SectionType.Weights) + weightsAt[i]),
        };

        byte[] file = new byte[end];
        for (int i = 0; i < places.Length; i++) sections[i].Bytes.CopyTo(file, places[i]);
        Header(file, model, sections.Count);
        for (int i = 0; i < places.Length; i++)
        {
            int entry = ModelFile.HeaderBytes + i * ModelFile.SectionEntryBytes;
            file[entry + ModelFile.SectionTypeAt] = (byte)sections[i].Type;
            file[entry + ModelFile.SectionRequiredAt] = (byte)(sections[i].Required ? 1 : 0);
            SetInt32(file, entry + ModelFile.SectionOffsetAt, places[i]);
            SetInt32(file, entry + ModelFile.SectionBytesAt, sections[i].Bytes.Length);
        }
        PlanArena(file);
        ModelSeal.Apply(file);
        return file;
    }

    private static void Header(byte[] file, IntegerModel model, int sections)
    {
        SetInt32(file, ModelFile.MagicAt, ModelFile.Magic);
        file[ModelFile.MajorAt] = ModelFile.Major;
        file[ModelFile.MinorAt] = ModelFile.Minor;
        BinaryPrimitives.WriteUInt16LittleEndian(
            file.AsSpan(ModelFile.BodyAt), (ushort)(ModelFile.HeaderBytes + sections * ModelFile.SectionEntryBytes));
        SetInt32(file, ModelFile.FileBytesAt, file.Length);
        SetInt32(file, ModelFile.LayerBytesAt, model.Operators.Max(op => ConstantOf(op).Length + RequantOf(op).Length));
        foreach (IntegerOperator op in model.Operators) file[ModelFile.OperatorsUsedAt + op.Code / 8] |= (byte)(1 << (op.Code % 8));
    }

    private static byte[] OperatorsSection(
        IntegerModel model, Func<int, int> paramsAt, Func<int, int> requantAt, Func<int, int> weightsAt)
    {
        var section = new SectionBuilder();
        for (int i = 0; i < model.Operators.Count; i++)
        {
            IntegerOperator op = model.Operators[i];
            section.Byte(op.Code);
            section.Byte((op.Weights is { Multipliers.Length: > 1 } ? OperatorRecord.PerChannel : 0)
                | (op.Params is null ? 0 : OperatorRecord.HasParams) | (op.HasInputList ? OperatorRecord.InputList : 0)
                | (op.Number is null ? 0 : OperatorRecord.HasNumber));
            section.Int16(op.Inputs[0]);
            section.Int16(op.Output);
            section.Int16(op.Number ?? (op.Inputs.Count == 2 && !op.HasInputList ? op.Inputs[1] : OperatorRecord.NoTensor));
            section.Int32(ConstantOf(op).Length == 0 ? 0 : weightsAt(i));
            section.Int32(RequantOf(op).Length == 0 ? 0 : requantAt(i));
            section.Int32(0);
            byte[] own = (byte[])op.Own.Clone();
            if (op.Params is not null) SetInt32(own, 0, paramsAt(i));
            section.Bytes(own);
        }
        return section.ToArray();
    }

    private static byte[] TensorsSection(IntegerModel model)
    {
        var section = new SectionBuilder();
        for (int i = 0; i < model.Tensors.Count; i++)
        {
            IntegerTensor tensor = model.Tensors[i];
            section.Int32(0);
            section.Byte(tensor.Type);
            section.Byte(tensor.Shape.Count);
            section.Int16(tensor.Quantization.ZeroPoint);
            section.Int32(BitConverter.SingleToInt32Bits(tensor.Quantization.Scale));
            for (int axis = 0; axis < TensorRecord.MaxRank; axis++) section.Int32(axis < tensor.Shape.Count ? tensor.Shape[axis] : 1);
        }
        return section.ToArray();
    }

    private static (byte[] Bytes, int[] Offsets) ParamsSection(IntegerModel model) => Collect(model, 4, op => Padded(op.Params ?? []));

    private static (byte[] Bytes, int[] Offsets) RequantSection(IntegerModel model) => Collect(model, 4, RequantOf);

    private static (byte[] Bytes, int[] Offsets) WeightsSection(IntegerModel model) =>
        Collect(model, ModelFile.SectionAlignment, ConstantOf);

    /// <summary>One aligned block per operator that has one, and where each begins.</summary>
    private static (byte[] Bytes, int[] Offsets) Collect(IntegerModel model, int alignment, Func<IntegerOperator, byte[]> block)
    {
        var section = new SectionBuilder();
        int[] offsets = new int[model.Operators.Count];
        for (int i = 0; i < offsets.Length; i++)
        {
            byte[] bytes = block(model.Operators[i]);
            if (bytes.Length == 0) continue;
            section.PadTo(alignment);
            offsets[i] = section.Length;
            section.Bytes(bytes);
        }
        return (section.ToArray(), offsets);
    }

    /// <summary>A block whose size is a multiple of 4, as a reader of whole words wants it.</summary>
    private static byte[] Padded(byte[] block) => [.. block, .. new byte[-block.Length & 3]];

    /// <summary>What the operator has in the WEIGHTS section.</summary>
    private static byte[] ConstantOf(IntegerOperator op) =>
        op.Weights?.ToBytes() ?? op.Constant ?? [];

    /// <summary>The operator's block in the REQUANT section.</summary>
    private static byte[] RequantOf(IntegerOperator op)
    {
        var block = new SectionBuilder();
        IReadOnlyList<FixedMultiplier> multipliers = op.Weights?.Multipliers ?? op.Scales ?? [];
        foreach (int bias in op.Weights?.Bias ?? []) block.Int32(bias);
        foreach (FixedMultiplier multiplier in multipliers) block.Int32(multiplier.Mantissa);
        foreach (FixedMultiplier multiplier in multipliers) block.Byte(multiplier.Shift);
        block.PadTo(4);
        return block.ToArray();
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
        IEnumerable<KeyValuePair<string, string>> pairs = model.Meta;
        if (model.Tensors.Any(tensor => tensor.Source >= 0))
            pairs = pairs.Append(new KeyValuePair<string, string>(ModelInfo.SourceTensorsKey, string.Join(' ', model.Tensors.Select(tensor => tensor.Source))));
        foreach ((string key, string value) in pairs)
        {
            section.LongString(key);
            section.LongString(value);
        }
        return section.ToArray();
    }

    private static unsafe void PlanArena(byte[] file)
    {
        fixed (byte* p = file) ArenaLayout.Apply(p);
    }

    private static unsafe ulong[] TestHashes(EdgeModel model)
    {
        SelfTest.FillInputs(model.ModelPointer, model.ArenaPointer, TestSeed);
        return [.. model.RunProbed().Select(entry => entry.Hash)];
    }

    private static int Align(int value, int alignment) => checked(value + alignment - 1) / alignment * alignment;

    private static void SetInt32(byte[] file, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
}
