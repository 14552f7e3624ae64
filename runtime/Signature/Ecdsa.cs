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
    internal const int HashAt = (Inverse + 1) * Modular.Bytes;

    // Points, and numbers.
    private const int Key = P256.Reserved, Both = Key + 3, Result = Both + 3;
    private const int R = Result + 3, S = R + 1, First = S + 1, Second = First + 1, Inverse = Second + 1;

    /// <summary>Puts a public key into working memory.</summary>
    /// <returns>Whether it is one: a point of the curve.</returns>
    internal static bool ReadKey(Bytes work, Bytes key)
    {
        P256.Start(work);
        Modular.Load(work, Key, key, 0);
        Modular.Load(work, Key + 1, key, Modular.Bytes);
        if (!Modular.IsBelow(work, Key, Modular.Modulus) || !Modular.IsBelow(work, Key + 1, Modular.Modulus)) return false;
        P256.ToPoint(work, Key);
        return P256.IsOnCurve(work, Key);
    }

    /// <summary>Whether the key's owner signed the hash. Both are in working memory.</summary>
    /// <param name="signature">What holds the signature, at <paramref name="offset"/>.</param>
    internal static bool IsSignature(Bytes work, Bytes signature, int offset)
    {
        P256.UseOrder(work);
        Modular.Load(work, R, signature, offset);
        Modular.Load(work, S, signature, offset + Modular.Bytes);
        if (!IsScalar(work, R) || !IsScalar(work, S)) return false;
        // hash / s and r / s.
        Modular.Load(work, First, work, HashAt);
        Modular.GiveFactor(work, S);
        Modular.Invert(work, Inverse, S);
        Modular.Multiply(work, Second, R, Inverse);
        Modular.Multiply(work, First, First, Inverse);
        P256.UsePrime(work);
        AddMultiples(work);
        // x of the sum, without a factor, modulo the order. Of the neutral point it is 0, which is no r.
        Modular.Invert(work, Inverse, Result + 2);
        Modular.Multiply(work, Inverse, Inverse, Result);
        Modular.Multiply(work, Inverse, Inverse, P256.One);
        P256.UseOrder(work);
        if (!Modular.IsBelow(work, Inverse, Modular.Modulus)) Modular.Difference(work, Inverse, Inverse, Modular.Modulus);
        return Modular.AreEqual(work, Inverse, R);
    }

    /// <summary>result = first · generator + second · key, both numbers bit by bit at the same time (Shamir's trick).</summary>
    private static void AddMultiples(Bytes work)
    {
        P256.AddPoints(work, Both, P256.Generator, Key);
        P256.ToNeutral(work, Result);
        for (int bit = 8 * Modular.Bytes - 1; bit >= 0; bit--)
        {
            P256.AddPoints(work, Result, Result, Result);
            bool first = Modular.HasBit(work, First, bit), second = Modular.HasBit(work, Second, bit);
            if (first || second) P256.AddPoints(work, Result, Result, !first ? Key : !second ? P256.Generator : Both);
        }
    }

    /// <summary>Whether a number is from 1 to the order − 1.</summary>
    private static bool IsScalar(Bytes work, int number) =>
        !Modular.IsBelow(work, number, P256.One) && Modular.IsBelow(work, number, Modular.Modulus);
}
