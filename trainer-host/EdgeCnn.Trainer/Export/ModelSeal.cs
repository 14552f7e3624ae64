using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EdgeCnn.Trainer.Export;

/// <summary>
/// The fields of a model file that are computed from all others: the model id, the sections' CRCs, the header's CRC.
/// </summary>
public static unsafe class ModelSeal
{
    private const int IdBytes = 16;

    /// <summary>Computes and writes id and CRCs. The header and the section table are otherwise complete.</summary>
    public static void Apply(Span<byte> file)
    {
        Id(file)[..IdBytes].CopyTo(file[ModelFile.ModelIdAt..]);
        fixed (byte* p = file)
        {
            for (int i = 0; i < ModelFile.SectionCount(p); i++)
            {
                int entry = ModelFile.HeaderBytes + i * ModelFile.SectionEntryBytes;
                int offset = Memory.Int32(p, entry + ModelFile.SectionOffsetAt), size = Memory.Int32(p, entry + ModelFile.SectionBytesAt);
                if (offset >= 0 && size >= 0 && offset <= file.Length - size)
                    Memory.SetInt32(p, entry + ModelFile.SectionCrcAt, (int)Crc32.Of(p, offset, size));
            }
            Memory.SetInt32(p, ModelFile.HeaderCrcAt, (int)HeaderCheck.HeaderCrc(p));
        }
    }

    /// <summary>Whether the file's id is the one of its content.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> file) =>
        Id(file).AsSpan(0, IdBytes).SequenceEqual(file.Slice(ModelFile.ModelIdAt, IdBytes));

    /// <summary>SHA-256 of the whole file with id and CRCs taken as zero.</summary>
    private static byte[] Id(ReadOnlySpan<byte> file)
    {
        byte[] copy = file.ToArray();
        int body = BinaryPrimitives.ReadUInt16LittleEndian(copy.AsSpan(ModelFile.BodyAt));
        copy.AsSpan(ModelFile.HeaderCrcAt, 4).Clear();
        copy.AsSpan(ModelFile.ModelIdAt, IdBytes).Clear();
        for (int entry = ModelFile.HeaderBytes; entry + ModelFile.SectionEntryBytes <= body; entry += ModelFile.SectionEntryBytes)
            copy.AsSpan(entry + ModelFile.SectionCrcAt, 4).Clear();
        return SHA256.HashData(copy);
    }
}
