using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Trainer.Export;

/// <summary>
/// Adds sections to a finished model file and takes them out: everything moves, and the file offsets in its records with it. A signature,
/// which would not fit what comes out, is left behind.
/// </summary>
internal static unsafe class ModelSections
{
    /// <summary>The file with a section more. It has none of that type.</summary>
    public static byte[] With(ReadOnlySpan<byte> file, int type, byte[] content) => Rebuild(file, ReadUnsigned(file).Append((type, false, content)));

    /// <summary>The file without the section; a file that has none comes back as it is.</summary>
    public static byte[] Without(ReadOnlySpan<byte> file, int type)
    {
        byte[] bare = Rebuild(file, ReadUnsigned(file).Where(section => section.Type != type));
        if (type != SectionType.Learn) return bare;
        fixed (byte* p = bare) Memory.SetInt32(p, ModelFile.LearningBytesAt, 0);
        ModelSeal.Apply(bare);
        return bare;
    }

    private static List<(int Type, bool Required, byte[] Content)> ReadUnsigned(ReadOnlySpan<byte> file)
    {
        List<(int, bool, byte[])> sections = [];
        fixed (byte* p = file)
        {
            for (int i = 0; i < ModelFile.SectionCount(p); i++)
            {
                int entry = ModelFile.HeaderBytes + i * ModelFile.SectionEntryBytes;
                if (p[entry + ModelFile.SectionTypeAt] == SectionType.Sign) continue;
                int offset = Memory.Int32(p, entry + ModelFile.SectionOffsetAt), bytes = Memory.Int32(p, entry + ModelFile.SectionBytesAt);
                sections.Add((p[entry + ModelFile.SectionTypeAt], p[entry + ModelFile.SectionRequiredAt] == 1, file.Slice(offset, bytes).ToArray()));
            }
        }
        return sections;
    }

    private static byte[] Rebuild(ReadOnlySpan<byte> file, IEnumerable<(int Type, bool Required, byte[] Content)> sections)
    {
        (int Type, bool Required, byte[] Content)[] ordered = [.. sections.OrderBy(section => section.Type)];
        int body = ModelFile.HeaderBytes + ordered.Length * ModelFile.SectionEntryBytes;
        int[] places = new int[ordered.Length];
        int end = body;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = (end + ModelFile.SectionAlignment - 1) / ModelFile.SectionAlignment * ModelFile.SectionAlignment;
            end = checked(places[i] + ordered[i].Content.Length);
        }
        byte[] result = new byte[end];
        file[..ModelFile.HeaderBytes].CopyTo(result);
        fixed (byte* source = file, p = result)
        {
            Memory.SetInt16(p, ModelFile.BodyAt, body);
            Memory.SetInt32(p, ModelFile.FileBytesAt, end);
            for (int i = 0; i < places.Length; i++)
            {
                int entry = ModelFile.HeaderBytes + i * ModelFile.SectionEntryBytes;
                p[entry + ModelFile.SectionTypeAt] = (byte)ordered[i].Type;
                p[entry + ModelFile.SectionRequiredAt] = (byte)(ordered[i].Required ? 1 : 0);
                Memory.SetInt32(p, entry + ModelFile.SectionOffsetAt, places[i]);
                Memory.SetInt32(p, entry + ModelFile.SectionBytesAt, ordered[i].Content.Length);
                ordered[i].Content.CopyTo(result, places[i]);
            }
            MoveOffsets(source, p);
        }
        ModelSeal.Apply(result);
        return result;
    }

    /// <summary>Records point into sections by file offset.</summary>
    private static void MoveOffsets(byte* source, byte* target)
    {
        for (int i = 0; i < ModelFile.OperatorCount(target); i++)
        {
            int op = ModelFile.Operator(target, i);
            Move(source, target, op + OperatorRecord.WeightsAt, SectionType.Weights);
            Move(source, target, op + OperatorRecord.RequantAt, SectionType.Requant);
            if ((target[op + OperatorRecord.FlagsAt] & OperatorRecord.HasParams) != 0) Move(source, target, op + OperatorRecord.OwnAt, SectionType.Params);
        }
    }

    private static void Move(byte* source, byte* target, int field, int section)
    {
        int offset = Memory.Int32(target, field);
        if (offset != 0) Memory.SetInt32(target, field, offset + ModelFile.SectionOffset(target, section) - ModelFile.SectionOffset(source, section));
    }
}
