namespace EdgeCnn;

/// <summary>
/// The curve NIST P-256: y² = x³ − 3x + b modulo a prime (SP 800-186, 3.2.1.3), whose points are a group of prime order. A point in
/// working memory is (X : Y : Z) for x = X/Z, y = Y/Z: three numbers of <see cref="Modular"/> behind each other with the factor of a product,
/// named by the first; (0 : 1 : 0) is the neutral one.
/// </summary>
internal static unsafe class P256
{
    /// <summary>The number 1, without a factor.</summary>
    internal const int One = Modular.Reserved;

    /// <summary>The point that generates the group.</summary>
    internal const int Generator = One + 1;

    /// <summary>Numbers, from 0 on, that belong to the curve.</summary>
    internal const int Reserved = Z3 + 1;

    private const int B = Generator + 3;

    // Temporaries of a sum, and the sum before it may replace what it was made of.
    private const int T0 = B + 1, T1 = T0 + 1, T2 = T1 + 1, T3 = T2 + 1, T4 = T3 + 1, X3 = T4 + 1, Y3 = X3 + 1, Z3 = Y3 + 1;

    /// <summary>Makes the prime the modulus.</summary>
    internal static void UsePrime(Bytes work)
    {
        Set(work, Modular.Modulus, 0xFFFFFFFF00000001, 0x0000000000000000, 0x00000000FFFFFFFF, 0xFFFFFFFFFFFFFFFF);
        Modular.SetInverse(work, 1);
    }

    /// <summary>Makes the order of the group the modulus.</summary>
    internal static void UseOrder(Bytes work)
    {
        Set(work, Modular.Modulus, 0xFFFFFFFF00000000, 0xFFFFFFFFFFFFFFFF, 0xBCE6FAADA7179E84, 0xF3B9CAC2FC632551);
        Modular.SetInverse(work, 0xEE00BC4F);
    }

    /// <summary>Writes the numbers of the curve; the modulus is then the prime.</summary>
    internal static void Start(Bytes work)
    {
        UsePrime(work);
        Set(work, One, 0, 0, 0, 1);
        Set(work, B, 0x5AC635D8AA3A93E7, 0xB3EBBD55769886BC, 0x651D06B0CC53B0F6, 0x3BCE3C3E27D2604B);
        Modular.GiveFactor(work, B);
        Set(work, Generator, 0x6B17D1F2E12C4247, 0xF8BCE6E563A440F2, 0x77037D812DEB33A0, 0xF4A13945D898C296);
        Set(work, Generator + 1, 0x4FE342E2FE1A7F9B, 0x8EE7EB4A7C0F9E16, 0x2BCE33576B315ECE, 0xCBB6406837BF51F5);
        ToPoint(work, Generator);
    }

    /// <summary>Makes a point of x and y without a factor, which are there already.</summary>
    internal static void ToPoint(Bytes work, int point)
    {
        Modular.Copy(work, point + 2, One, 1);
        for (int i = 0; i < 3; i++) Modular.GiveFactor(work, point + i);
    }

    /// <summary>Makes the neutral point.</summary>
    internal static void ToNeutral(Bytes work, int point)
    {
        Memory.Fill(work, point * Modular.Bytes, 3 * Modular.Bytes, 0);
        // Z of the generator is 1 with a factor.
        Modular.Copy(work, point + 1, Generator + 2, 1);
    }

    /// <summary>Whether a point with Z = 1 is on the curve.</summary>
    internal static bool IsOnCurve(Bytes work, int point)
    {
        Modular.Multiply(work, T0, point, point);
        Modular.Multiply(work, T0, T0, point);
        for (int i = 0; i < 3; i++) Modular.Subtract(work, T0, T0, point);
        Modular.Add(work, T0, T0, B);
        Modular.Multiply(work, T1, point + 1, point + 1);
        return Modular.AreEqual(work, T0, T1);
    }

    /// <summary>to = first + second for any two points of the curve, equal, opposite and neutral ones too: algorithm 4 of Renes, Costello and Batina,
    /// "Complete addition formulas for prime order elliptic curves" (EUROCRYPT 2016), step by step.</summary>
    internal static void AddPoints(Bytes work, int to, int first, int second)
    {
        int x1 = first, y1 = first + 1, z1 = first + 2, x2 = second, y2 = second + 1, z2 = second + 2;
        Modular.Multiply(work, T0, x1, x2);
        Modular.Multiply(work, T1, y1, y2);
        Modular.Multiply(work, T2, z1, z2);
        Modular.Add(work, T3, x1, y1);
        Modular.Add(work, T4, x2, y2);
        Modular.Multiply(work, T3, T3, T4);
        Modular.Add(work, T4, T0, T1);
        Modular.Subtract(work, T3, T3, T4);
        Modular.Add(work, T4, y1, z1);
        Modular.Add(work, X3, y2, z2);
        Modular.Multiply(work, T4, T4, X3);
        Modular.Add(work, X3, T1, T2);
        Modular.Subtract(work, T4, T4, X3);
        Modular.Add(work, X3, x1, z1);
        Modular.Add(work, Y3, x2, z2);
        Modular.Multiply(work, X3, X3, Y3);
        Modular.Add(work, Y3, T0, T2);
        Modular.Subtract(work, Y3, X3, Y3);
        Modular.Multiply(work, Z3, B, T2);
        Modular.Subtract(work, X3, Y3, Z3);
        Modular.Add(work, Z3, X3, X3);
        Modular.Add(work, X3, X3, Z3);
        Modular.Subtract(work, Z3, T1, X3);
        Modular.Add(work, X3, T1, X3);
        Modular.Multiply(work, Y3, B, Y3);
        Modular.Add(work, T1, T2, T2);
        Modular.Add(work, T2, T1, T2);
        Modular.Subtract(work, Y3, Y3, T2);
        Modular.Subtract(work, Y3, Y3, T0);
        Modular.Add(work, T1, Y3, Y3);
        Modular.Add(work, Y3, T1, Y3);
        Modular.Add(work, T1, T0, T0);
        Modular.Add(work, T0, T1, T0);
        Modular.Subtract(work, T0, T0, T2);
        Modular.Multiply(work, T1, T4, Y3);
        Modular.Multiply(work, T2, T0, Y3);
        Modular.Multiply(work, Y3, X3, Z3);
        Modular.Add(work, Y3, Y3, T2);
        Modular.Multiply(work, X3, T3, X3);
        Modular.Subtract(work, X3, X3, T1);
        Modular.Multiply(work, Z3, T4, Z3);
        Modular.Multiply(work, T1, T3, T0);
        Modular.Add(work, Z3, Z3, T1);
        Modular.Copy(work, to, X3, 3);
    }

    private static void Set(Bytes work, int number, ulong first, ulong second, ulong third, ulong fourth)
    {
        Set(work, number, 0, fourth);
        Set(work, number, 8, third);
        Set(work, number, 16, second);
        Set(work, number, 24, first);
    }

    private static void Set(Bytes work, int number, int at, ulong value)
    {
        Memory.SetInt32(work, number * Modular.Bytes + at, (int)value);
        Memory.SetInt32(work, number * Modular.Bytes + at + 4, (int)(value >> 32));
    }
}
