using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EdgeCnn.Trainer.Export;

/// <summary>
/// The fields of a model file that are computed from all others: the model id, the sections' CRCs, the header's CRC.
/// </summary>
public static unsafe class ModelSeal
{
    /// <summary>Computes and writes id and CRCs. The header and the section table are otherwise complete.</summary>
    public static void Apply(Span<byte> file)
    {
        fixed (byte* p = file)
        {
            for (int i = 0; i < ModelFile.SectionCount(p); i++)
            {
                int entry = ModelFile.HeaderBytes + i * ModelFile.SectionEntryBytes;
                int offset = Memory.Int32(p, entry + ModelFile.SectionOffsetAt), size = Memory.Int32(p, entry + ModelFile.SectionBytesAt);
                if (offset >= 0 && size >= 0 && offset <= file.Length - size)
                    Memory.SetInt32(p, entry + ModelFile.SectionCrcAt, (int)Crc32.Of(p, offset, size));
            }
            Digest(file)[..ModelFile.ModelIdBytes].CopyTo(file[ModelFile.ModelIdAt..]);
            Memory.SetInt32(p, ModelFile.HeaderCrcAt, (int)HeaderCheck.HeaderCrc(p));
        }
    }

    /// <summary>Whether the file's id is the one of its content.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> file) =>
        Digest(file).AsSpan(0, ModelFile.ModelIdBytes).SequenceEqual(file.Slice(ModelFile.ModelIdAt, ModelFile.ModelIdBytes));

    /// <summary>SHA-256 of the whole file, without a signature, with id and CRCs taken as zero: what the id begins, and what is signed.</summary>
    internal static byte[] Digest(ReadOnlySpan<byte> file)
    {
        byte[] copy = IsSigned(file) ? ModelSections.Without(file, SectionType.Sign) : file.ToArray();
        int body = BinaryPrimitives.ReadUInt16LittleEndian(copy.AsSpan(ModelFile.BodyAt));
        copy.AsSpan(ModelFile.HeaderCrcAt, 4).Clear();
        copy.AsSpan(ModelFile.ModelIdAt, ModelFile.ModelIdBytes).Clear();
        for (int entry = ModelFile.HeaderBytes; entry + ModelFile.SectionEntryBytes <= body; entry += ModelFile.SectionEntryBytes)
            copy.AsSpan(entry + ModelFile.SectionCrcAt, 4).Clear();
        return SHA256.HashData(copy);
    }

    /// <summary>Whether the file carries a signature, in a section table that makes sense.</summary>
    private static bool IsSigned(ReadOnlySpan<byte> file)
    {
        int where = 0;
        fixed (byte* p = file)
        {
            return ModelFile.Body(p) <= file.Length && ModelFile.Find(p, SectionType.Sign) != 0
                && ModelFile.FileBytes(p) == file.Length && HeaderCheck.Sections(p, ref where) == ModelError.None;
        }
    }
}
