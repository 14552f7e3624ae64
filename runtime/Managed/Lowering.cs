using System;
using System.Collections.Generic;

namespace EdgeCnn.Managed;

/// <summary>
/// Rewrites a checked model for a vector tile: weights and requantization blocks packed, records marked, the arena planned anew. The
/// result is a model file again, held to the same rules and run by the same loop; it keeps the source's id, tensors and hashes.
/// </summary>
internal static unsafe class Lowering
{
    /// <summary>Where weights begin, so that no packed vector crosses a cache line.</summary>
    private const int WeightAlignment = 64;

    /// <summary>The lowered file.</summary>
    /// <exception cref="OverflowException">The lowered model is too large for 32-bit offsets.</exception>
    internal static ModelMemory Of(byte* source, int tile, ConvolutionForm form = ConvolutionForm.Fastest, bool learns = false)
    {
        byte[] marked = new ReadOnlySpan<byte>(source, ModelFile.FileBytes(source)).ToArray();
        fixed (byte* model = marked)
        {
            DropSignature(model);
            Mark(model, tile, form, learns);
            Sizes sizes = Measure(model);
            ModelMemory memory = ModelMemory.Allocate(sizes.FileBytes);
            CopySections(model, memory.Pointer, sizes);
            Fill(source, model, memory.Pointer);
            ArenaLayout.Apply(memory.Pointer);
            MoveLearning(source, memory.Pointer);
            ModelMemory.Seal(memory.Pointer);
            return memory;
        }
    }

    /// <summary>A signature does not fit the lowered file: its entry, the last, leaves the section table.</summary>
    private static void DropSignature(byte* model)
    {
        if (ModelFile.Find(model, SectionType.Sign) != 0)
            Memory.SetInt16(model, ModelFile.BodyAt, ModelFile.Body(model) - ModelFile.SectionEntryBytes);
    }

    /// <summary>Names in the record of every operator that has a form for vector tiles the one that it is laid out for, and the form of a
    /// convolution.</summary>
    private static void Mark(byte* model, int tile, ConvolutionForm form, bool learns)
    {
        for (int i = 0; i < ModelFile.OperatorCount(model); i++)
        {
            int op = ModelFile.Operator(model, i);
            int record = learns ? LearnRecordOf(model, i) : 0;
            if (!LoweredTable.HasForm(model, op) || (record != 0 && !CanLearn(model, op, record, tile))) continue;
            SetLayout(model, op, TileCode.Whole(tile));
            bool hasWinograd = record == 0 && form != ConvolutionForm.Direct && Winograd.Fits(model, op);
            if (record != 0 && FullyConnected.FitsRowForm(model, op))
                SetLayout(model, op, TileCode.Whole(tile), OperatorRecord.AlternateForm);
            else if (hasWinograd && form == ConvolutionForm.Winograd)
                SetLayout(model, op, TileCode.Whole(tile), OperatorRecord.AlternateForm);
            else if (tile == TileCode.Vnni && LoweredTable.IsFasterWithVnni(model, op))
                SetLayout(model, op, tile);
            else if (hasWinograd && Winograd.Pays(model, op))
                SetLayout(model, op, TileCode.Whole(tile), OperatorRecord.AlternateForm);
        }
    }

    /// <summary>The record of operator <paramref name="index"/> on the way back, 0 when it has none.</summary>
    private static int LearnRecordOf(byte* model, int index)
    {
        for (int i = 0; i < LearnFile.Records(model); i++)
            if (LearnRecord.Operator(model, LearnFile.Record(model, i)) == index) return LearnFile.Record(model, i);
        return 0;
    }

    /// <summary>Whether an operator can be laid out for a tile and take part in learning, which reads weights in the source's order: they
    /// stay in that, or the arena has them.</summary>
    private static bool CanLearn(byte* model, int op, int record, int tile) =>
        OperatorTable.Depth(model, op) == 0
        || (OperatorRecord.Code(model, op) == FullyConnected.Code && LoweredTable.HasGradients(tile))
        || LearnRecord.HasPlace(model, record, LearnRecord.WeightsAt);

    private static void SetLayout(byte* model, int op, int tile, int form = 0)
    {
        int own = model[op + OperatorRecord.FlagsAt] & OperatorRecord.OwnFlags;
        model[op + OperatorRecord.FlagsAt] = (byte)(own | tile << OperatorRecord.TileShift | form);
    }

    private static Sizes Measure(byte* model)
    {
        var sizes = new Sizes { FileBytes = ModelFile.Body(model) };
        for (int i = 0; i < ModelFile.OperatorCount(model); i++)
        {
            int op = ModelFile.Operator(model, i);
            sizes.Weights = checked(Align(sizes.Weights, WeightAlignment) + (int)OperatorTable.WeightBytes(model, op));
            sizes.Requant = checked(Align(sizes.Requant, 4) + (int)OperatorTable.RequantBytes(model, op));
        }
        for (int i = 0; i < ModelFile.SectionCount(model); i++)
        {
            int entry = ModelFile.HeaderBytes + i * ModelFile.SectionEntryBytes, type = model[entry + ModelFile.SectionTypeAt];
            int start = Align(sizes.FileBytes, ModelFile.SectionAlignment);
            // The weights section is stretched so that the first weights in it are aligned too.
            if (type == SectionType.Weights) sizes.Weights += Align(start, WeightAlignment) - start;
            sizes.FileBytes = checked(start + sizes.Of(type, Memory.Int32(model, entry + ModelFile.SectionBytesAt)));
        }
        return sizes;
    }

    /// <summary>Writes header, section table and the sections that stay as they are.</summary>
    private static void CopySections(byte* model, byte* target, Sizes sizes)
    {
        int end = ModelFile.Body(model);
        new ReadOnlySpan<byte>(model, end).CopyTo(new Span<byte>(target, end));
        for (int i = 0; i < ModelFile.SectionCount(model); i++)
        {
            int entry = ModelFile.HeaderBytes + i * ModelFile.SectionEntryBytes, type = model[entry + ModelFile.SectionTypeAt];
            int from = Memory.Int32(model, entry + ModelFile.SectionOffsetAt), bytes = Memory.Int32(model, entry + ModelFile.SectionBytesAt);
            int start = Align(end, ModelFile.SectionAlignment), size = sizes.Of(type, bytes);
            Memory.SetInt32(target, entry + ModelFile.SectionOffsetAt, start);
            Memory.SetInt32(target, entry + ModelFile.SectionBytesAt, size);
            if (type is not (SectionType.Requant or SectionType.Weights))
                new ReadOnlySpan<byte>(model + from, bytes).CopyTo(new Span<byte>(target + start, size));
            end = start + size;
        }
        Memory.SetInt32(target, ModelFile.FileBytesAt, end);
    }

    /// <summary>Weights, requantization blocks, and the file offsets in the records.</summary>
    private static void Fill(byte* source, byte* model, byte* target)
    {
        int weights = Place(target, SectionType.Weights), requant = Place(target, SectionType.Requant), largest = 0;
        int parameters = Place(target, SectionType.Params) - Place(model, SectionType.Params);
        for (int i = 0; i < ModelFile.OperatorCount(target); i++)
        {
            int op = ModelFile.Operator(target, i), original = ModelFile.Operator(source, i);
            if ((target[op + OperatorRecord.FlagsAt] & OperatorRecord.HasParams) != 0)
                Memory.SetInt32(target, op + OperatorRecord.OwnAt, Memory.Int32(target, op + OperatorRecord.OwnAt) + parameters);
            int weightBytes = (int)OperatorTable.WeightBytes(target, op), requantBytes = (int)OperatorTable.RequantBytes(target, op);
            bool packed = OperatorRecord.Tile(target, op) != TileCode.Portable;
            if (weightBytes > 0)
            {
                weights = Align(weights, WeightAlignment);
                byte* from = source + OperatorRecord.Weights(source, original);
                if (packed) LoweredTable.Pack(target, op, from, target + weights);
                else new ReadOnlySpan<byte>(from, weightBytes).CopyTo(new Span<byte>(target + weights, weightBytes));
                Memory.SetInt32(target, op + OperatorRecord.WeightsAt, weights);
                weights += weightBytes;
            }
            if (requantBytes > 0)
            {
                requant = Align(requant, 4);
                byte* from = source + OperatorRecord.Requant(source, original);
                byte* rows = source + OperatorRecord.Weights(source, original);
                if (packed) LoweredTable.PackRequant(target, op, from, rows, target + requant);
                else new ReadOnlySpan<byte>(from, requantBytes).CopyTo(new Span<byte>(target + requant, requantBytes));
                Memory.SetInt32(target, op + OperatorRecord.RequantAt, requant);
                requant += requantBytes;
            }
            largest = Math.Max(largest, weightBytes + requantBytes);
        }
        Memory.SetInt32(target, ModelFile.LayerBytesAt, largest);
    }

    /// <summary>Everything that learning needs comes behind the lowered arena.</summary>
    private static void MoveLearning(byte* source, byte* target)
    {
        if (!LearnFile.Exists(source)) return;
        int arena = ModelFile.ArenaBytes(target), start = Align(arena, 4);
        Memory.SetInt32(target, LearnFile.Section(target) + LearnFile.BaseAt, start);
        int end = checked(start + ModelFile.ArenaBytes(source) + ModelFile.LearningBytes(source));
        // The scratch memory that vector tiles want is behind all, the same for every operator.
        int scratch = Align(end - start, WeightAlignment), scratchBytes = 0;
        for (int i = 0; i < LearnFile.Records(target); i++)
        {
            int record = LearnFile.Record(target, i), op = ModelFile.Operator(target, LearnRecord.Operator(target, record));
            if (!LoweredTable.HasLearnForm(target, op)) continue;
            int bytes = checked((int)LoweredTable.LearnScratchBytes(target, op));
            if (bytes == 0) continue;
            Memory.SetInt32(target, record + LearnRecord.ScratchAt, scratch);
            scratchBytes = Math.Max(scratchBytes, bytes);
        }
        if (scratchBytes > 0) end = checked(start + scratch + scratchBytes);
        Memory.SetInt32(target, ModelFile.LearningBytesAt, end - arena);
    }

    private static int Place(byte* file, int section) => ModelFile.Find(file, section) == 0 ? 0 : ModelFile.SectionOffset(file, section);

    private static int Align(int value, int alignment) => checked(value + alignment - 1) / alignment * alignment;

    private struct Sizes
    {
        internal int Weights, Requant, FileBytes;

        /// <summary>Bytes of a section that has <paramref name="bytes"/> in the source.</summary>
        internal readonly int Of(int type, int bytes) => type switch
        {
            SectionType.Weights => Weights,
            SectionType.Requant => Requant,
            _ => bytes,
        };
    }
}
