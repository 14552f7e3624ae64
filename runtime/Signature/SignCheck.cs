namespace EdgeCnn;

/// <summary>Checks who signed a model.</summary>
public static unsafe class SignCheck
{
    /// <summary>Bytes of a public key: x and y of a point of the curve P-256, each with the most significant byte first.</summary>
    public const int KeyBytes = Ecdsa.KeyBytes;

    /// <summary>Bytes of working memory that <see cref="Verify"/> needs; the arena's, before the model runs, will do.</summary>
    public const int WorkBytes = Ecdsa.WorkBytes;

    /// <summary>Whether the owner of a key signed all of a model.</summary>
    /// <param name="model">A file that <see cref="ModelCheck.Verify"/> accepts.</param>
    /// <param name="publicKey">The <see cref="KeyBytes"/> of the key.</param>
    /// <param name="work"><see cref="WorkBytes"/> at a multiple of four, which are changed.</param>
    public static SignError Verify(Bytes model, Bytes publicKey, Bytes work)
    {
        int entry = ModelFile.Find(model, SectionType.Sign);
        if (entry == 0) return SignError.Unsigned;
        if (!IsWellFormed(model, entry)) return SignError.BadSection;
        int section = Memory.Int32(model, entry + ModelFile.SectionOffsetAt);
        Sha256.Start(work);
        Sha256.Add(work, publicKey, 0, KeyBytes);
        Sha256.Finish(work);
        if (!AreEqual(work, model, section + SignRecord.KeyIdAt, SignRecord.KeyIdBytes)) return SignError.OtherKey;
        ModelDigest.Compute(model, work);
        if (!AreEqual(work, model, ModelFile.ModelIdAt, ModelFile.ModelIdBytes)) return SignError.WrongId;
        Memory.Copy(work, 0, work, Ecdsa.HashAt, Sha256.HashBytes);
        if (!Ecdsa.ReadKey(work, publicKey)) return SignError.BadKey;
        return Ecdsa.IsSignature(work, model, section + SignRecord.RAt) ? SignError.None : SignError.WrongSignature;
    }

    /// <summary>What the digest does not cover has the one value that it may have.</summary>
    private static bool IsWellFormed(Bytes model, int entry)
    {
        int section = Memory.Int32(model, entry + ModelFile.SectionOffsetAt);
        return entry + ModelFile.SectionEntryBytes == ModelFile.Body(model) && model[entry + ModelFile.SectionRequiredAt] == 0
            && Memory.Int32(model, entry + ModelFile.SectionBytesAt) == SignRecord.Bytes
            && Memory.Int32(model, section + SignRecord.AlgorithmAt) == SignRecord.EcdsaP256
            && Memory.Int32(model, section + SignRecord.ReservedAt) == 0;
    }

    /// <summary>Whether the first <paramref name="count"/> bytes of <paramref name="work"/> are those at <paramref name="offset"/>.</summary>
    private static bool AreEqual(Bytes work, Bytes bytes, int offset, int count)
    {
        for (int i = 0; i < count; i++)
            if (work[i] != bytes[offset + i]) return false;
        return true;
    }
}
