namespace EdgeCnn;

/// <summary>The SIGN section (FORMAT.md, "SIGN").</summary>
internal static class SignRecord
{
    internal const int AlgorithmAt = 0x00;
    internal const int ReservedAt = 0x04;
    internal const int KeyIdAt = 0x08;
    internal const int RAt = 0x10;
    internal const int SAt = 0x30;

    /// <summary>Bytes of the section.</summary>
    internal const int Bytes = 0x50;

    /// <summary>Bytes of a key's id.</summary>
    internal const int KeyIdBytes = RAt - KeyIdAt;

    /// <summary>ECDSA on the curve P-256 with SHA-256.</summary>
    internal const int EcdsaP256 = 1;
}
