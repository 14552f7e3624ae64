using System;
using System.Buffers.Binary;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Tests.Model;

/// <summary>Damages a model file in one of the ways that matter to its check.</summary>
internal static class Mutation
{
    private static readonly int[] Extremes = [0, 1, -1, 2, 127, 128, 255, 256, 32767, 65535, int.MaxValue, int.MinValue, 1 << 24, 0x7FFFFFF0];

    /// <summary>
    /// One to four changes to header, section table, records, IO or contents; then, mostly, the CRCs repaired, so that the checks behind
    /// them are reached; or the file cut off.
    /// </summary>
    internal static byte[] Of(byte[] original, ref SplitMix64 random)
    {
        byte[] file = (byte[])original.Clone();
        if (random.Below(20) == 0) return file[..random.Below(file.Length + 1)];
        for (int changes = 1 + random.Below(4); changes > 0; changes--) Change(file, ref random);
        int body = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(ModelFile.BodyAt));
        bool repairable = body <= file.Length && body >= ModelFile.HeaderBytes;
        if (random.Below(10) > 0 && repairable) ModelSeal.Apply(file);
        return file;
    }

    private static void Change(byte[] file, ref SplitMix64 random)
    {
        int at = Place(file, ref random);
        switch (random.Below(6))
        {
            case 0:
                file[at] ^= (byte)(1 << random.Below(8));
                break;
            case 1:
                file[at] = (byte)random.Below(256);
                break;
            case 2:
                file[at] = (byte)(file[at] + random.Below(9) - 4);
                break;
            case 3:
                int word = Math.Min(at & ~3, file.Length - 4);
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(word), Extremes[random.Below(Extremes.Length)]);
                break;
            case 4:
                // Another record in the place of this one, or a part of it.
                int from = Place(file, ref random) & ~3, to = at & ~3;
                int count = Math.Min(4 << random.Below(4), file.Length - Math.Max(from, to));
                file.AsSpan(from, count).ToArray().CopyTo(file.AsSpan(to));
                break;
            default:
                // A small step of a 32-bit field: offsets and sizes that are nearly right.
                int field = Math.Min(at & ~3, file.Length - 4);
                int value = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(field));
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(field), value + (random.Below(17) - 8) * (random.Below(2) == 0 ? 1 : 16));
                break;
        }
    }

    /// <summary>A byte of the header, of the section table, or of a section, each section with the same probability.</summary>
    private static int Place(byte[] file, ref SplitMix64 random)
    {
        int sections = (BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(ModelFile.BodyAt)) - ModelFile.HeaderBytes) / ModelFile.SectionEntryBytes;
        int choice = random.Below(10);
        if (choice == 0) return random.Below(ModelFile.HeaderBytes);
        if (choice == 1 || sections is < 1 or > 16)
            return ModelFile.HeaderBytes + random.Below(Math.Min(16 * Math.Max(sections, 1), file.Length - ModelFile.HeaderBytes));
        int entry = ModelFile.HeaderBytes + ModelFile.SectionEntryBytes * random.Below(sections);
        int offset = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(entry + ModelFile.SectionOffsetAt));
        int size = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(entry + ModelFile.SectionBytesAt));
        return offset >= 0 && size > 0 && offset <= file.Length - size ? offset + random.Below(size) : random.Below(file.Length);
    }
}
