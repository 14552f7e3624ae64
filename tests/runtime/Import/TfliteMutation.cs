using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using EdgeCnn.Trainer.Import.Tflite;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Tests.Import;

/// <summary>Damages a TensorFlow Lite file: flipped bits, extreme or slightly wrong words, the end cut off.</summary>
internal sealed class TfliteMutation
{
    private static readonly int[] Extremes =
        [0, 1, -1, 2, 3, -2, 127, 128, 255, 256, 32767, 65535, 65536, 1 << 24, 1 << 30, int.MaxValue, int.MinValue, 0x7F800000, 0x7FC00000];

    /// <summary>Bytes outside the buffers of constants: tables, vectors, offsets, options, names.</summary>
    private readonly int[] _structure;

    internal TfliteMutation(byte[] original)
    {
        File = original;
        bool[] isData = new bool[original.Length];
        foreach (FlatTable buffer in FlatTable.Root(original).Tables(4))
        {
            ReadOnlyMemory<byte> data = buffer.Bytes(0);
            if (MemoryMarshal.TryGetArray(data, out ArraySegment<byte> part)) isData.AsSpan(part.Offset, part.Count).Fill(true);
        }
        _structure = [.. Enumerable.Range(0, original.Length).Where(at => !isData[at])];
    }

    private TfliteMutation(byte[] file, int[] structure) => (File, _structure) = (file, structure);

    /// <summary>The file.</summary>
    internal byte[] File { get; }

    /// <summary>One to three changes, or a truncation.</summary>
    internal TfliteMutation Next(ref SplitMix64 random)
    {
        if (random.Below(25) == 0) return new TfliteMutation(File[..random.Below(File.Length)], []);
        byte[] file = (byte[])File.Clone();
        for (int changes = 1 + random.Below(3); changes > 0; changes--) Change(file, ref random);
        return new TfliteMutation(file, _structure);
    }

    private void Change(byte[] file, ref SplitMix64 random)
    {
        int at = random.Below(4) == 0 ? random.Below(file.Length) : _structure[random.Below(_structure.Length)];
        Span<byte> word = file.AsSpan(Math.Min(at & ~3, file.Length - 4), 4);
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
                BinaryPrimitives.WriteInt32LittleEndian(word, Extremes[random.Below(Extremes.Length)]);
                break;
            case 4:
                // Another table or vector in the place of this one, or a part of it.
                int from = _structure[random.Below(_structure.Length)];
                int count = Math.Min(4 << random.Below(4), file.Length - Math.Max(from, at));
                file.AsSpan(from, count).ToArray().CopyTo(file.AsSpan(at));
                break;
            default:
                BinaryPrimitives.WriteInt32LittleEndian(word, BinaryPrimitives.ReadInt32LittleEndian(word) + random.Below(17) - 8);
                break;
        }
    }
}
