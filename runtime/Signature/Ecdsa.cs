namespace EdgeCnn;

/// <summary>Checks ECDSA signatures on the curve P-256 (FIPS 186-5, 6.4.2).</summary>
internal static unsafe class Ecdsa
{
    /// <summary>Bytes of a public key: x and y of a point, each with the most significant byte first.</summary>
    internal const int KeyBytes = 2 * Modular.Bytes;

    /// <summary>Bytes of a signature: r and s, each with the most significant byte first.</summary>
    internal const int SignatureBytes = 2 * Modular.Bytes;

    /// <summary>Bytes of working memory.</summary>
    internal const int WorkBytes = HashAt + Modular.Bytes;

    /// <summary>Where the hash to be checked is put, the most significant byte first.</summary>
    internal const int HashAt = InverseAt + Modular.Bytes;

    private const int KeyAt = P256.Bytes, BothAt = KeyAt + P256.PointBytes, ResultAt = BothAt + P256.PointBytes;
    private const int RAt = ResultAt + P256.PointBytes, SAt = RAt + Modular.Bytes, FirstAt = SAt + Modular.Bytes;
    private const int SecondAt = FirstAt + Modular.Bytes, InverseAt = SecondAt + Modular.Bytes;

    /// <summary>Puts a public key into working memory.</summary>
    /// <returns>Whether it is one: a point of the curve.</returns>
    internal static bool ReadKey(Bytes work, Bytes key)
    {
        P256.Start(work);
        Modular.Load(work, KeyAt, key, 0);
        Modular.Load(work, KeyAt + Modular.Bytes, key, Modular.Bytes);
        bool areBelow = Modular.IsBelow(work, KeyAt, P256.PrimeAt) && Modular.IsBelow(work, KeyAt + Modular.Bytes, P256.PrimeAt);
        P256.ToPoint(work, KeyAt);
        return areBelow && P256.IsOnCurve(work, KeyAt);
    }

    /// <summary>Whether the key's owner signed the hash. Both are in working memory.</summary>
    /// <param name="signature">What holds the signature, at <paramref name="offset"/>.</param>
    internal static bool IsSignature(Bytes work, Bytes signature, int offset)
    {
        Modular.Load(work, RAt, signature, offset);
        Modular.Load(work, SAt, signature, offset + Modular.Bytes);
        if (!IsScalar(work, RAt) || !IsScalar(work, SAt)) return false;
        // hash / s and r / s.
        Modular.Load(work, FirstAt, work, HashAt);
        Modular.ToFactor(work, SAt, SAt, P256.OrderAt);
        Modular.Invert(work, InverseAt, SAt, P256.OrderAt);
        Modular.Multiply(work, SecondAt, RAt, InverseAt, P256.OrderAt);
        Modular.Multiply(work, FirstAt, FirstAt, InverseAt, P256.OrderAt);
        AddMultiples(work);
        // x of the sum, without a factor; 0, which is no r, of the neutral point.
        Modular.Invert(work, InverseAt, ResultAt + 2 * Modular.Bytes, P256.PrimeAt);
        Modular.Multiply(work, InverseAt, InverseAt, ResultAt, P256.PrimeAt);
        Modular.Multiply(work, InverseAt, InverseAt, P256.OneAt, P256.PrimeAt);
        if (!Modular.IsBelow(work, InverseAt, P256.OrderAt)) Modular.Difference(work, InverseAt, InverseAt, P256.OrderAt);
        return Modular.AreEqual(work, InverseAt, RAt);
    }

    /// <summary>result = first · generator + second · key, both numbers bit by bit at the same time (Shamir's trick).</summary>
    private static void AddMultiples(Bytes work)
    {
        P256.AddPoints(work, BothAt, P256.GeneratorAt, KeyAt);
        // The neutral point: a 1 with a factor is what Z of the generator is.
        Memory.Fill(work, ResultAt, P256.PointBytes, 0);
        Memory.Copy(work, P256.GeneratorAt + 2 * Modular.Bytes, work, ResultAt + Modular.Bytes, Modular.Bytes);
        for (int bit = 8 * Modular.Bytes - 1; bit >= 0; bit--)
        {
            P256.AddPoints(work, ResultAt, ResultAt, ResultAt);
            bool first = Bit(work, FirstAt, bit), second = Bit(work, SecondAt, bit);
            if (first || second) P256.AddPoints(work, ResultAt, ResultAt, !first ? KeyAt : !second ? P256.GeneratorAt : BothAt);
        }
    }

    private static bool Bit(Bytes work, int number, int bit) => (Modular.Word(work, number + (bit >> 5) * 4) >> (bit & 31) & 1) != 0;

    /// <summary>Whether a number is from 1 to the order − 1.</summary>
    private static bool IsScalar(Bytes work, int number) =>
        !Modular.IsBelow(work, number, P256.OneAt) && Modular.IsBelow(work, number, P256.OrderAt);
}
