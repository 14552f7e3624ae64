using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using EdgeCnn.Managed;

namespace EdgeCnn.Trainer.Export;

/// <summary>Signs model files (FORMAT.md, "SIGN").</summary>
public static class ModelSigning
{
    /// <summary>The file with a signature, in place of one that it may have had.</summary>
    /// <param name="file">A model file.</param>
    /// <param name="key">A private key on the curve P-256.</param>
    /// <exception cref="ExportException">The file's id is not that of its content: it was changed after it was made.</exception>
    public static byte[] Sign(ReadOnlySpan<byte> file, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!ModelSeal.IsIntact(file))
            throw new ExportException("the model's id is not the one of its content, so it was changed after it was made; export it again, then sign it");
        byte[] section = new byte[SignRecord.Bytes];
        BinaryPrimitives.WriteInt32LittleEndian(section.AsSpan(SignRecord.AlgorithmAt), SignRecord.EcdsaP256);
        PublicKey.Of(key).Id.CopyTo(section.AsSpan(SignRecord.KeyIdAt));
        key.SignHash(ModelSeal.Digest(file), DSASignatureFormat.IeeeP1363FixedFieldConcatenation).CopyTo(section, SignRecord.RAt);
        return ModelSections.With(file, SectionType.Sign, section);
    }
}
