namespace EdgeCnn;

/// <summary>
/// The curve NIST P-256: y² = x³ − 3x + b modulo a prime (SP 800-186, 3.2.1.3), whose points are a group of prime order. A point in
/// working memory is (X : Y : Z) for x = X/Z, y = Y/Z, three numbers behind each other with <see cref="Modular"/>'s factor; (0 : 1 : 0) is the neutral
/// one.
/// </summary>
internal static unsafe class P256
{
    /// <summary>Bytes of a point.</summary>
    internal const int PointBytes = 3 * Modular.Bytes;

    /// <summary>Where the prime is, as a modulus.</summary>
    internal const int PrimeAt = Modular.ScratchBytes;

    /// <summary>Where the order of the group is, as a modulus.</summary>
    internal const int OrderAt = PrimeAt + Modular.ModulusBytes;

    /// <summary>Where the number 1 is, without a factor.</summary>
    internal const int OneAt = OrderAt + Modular.ModulusBytes;

    /// <summary>Where the generator of the group is.</summary>
    internal const int GeneratorAt = OneAt + Modular.Bytes;

    /// <summary>Bytes at the start of working memory that belong to the curve.</summary>
    internal const int Bytes = SumAt + PointBytes;

    private const int BAt = GeneratorAt + PointBytes;

    // Temporaries of Add, and the sum before it may replace what it was made of.
    private const int T0 = BAt + Modular.Bytes, T1 = T0 + Modular.Bytes, T2 = T1 + Modular.Bytes, T3 = T2 + Modular.Bytes, T4 = T3 + Modular.Bytes;
    private const int SumAt = T4 + Modular.Bytes, X3 = SumAt, Y3 = X3 + Modular.Bytes, Z3 = Y3 + Modular.Bytes;

    /// <summary>Writes the numbers of the curve.</summary>
    internal static void Start(Bytes work)
    {
        Set(work, PrimeAt, 0xFFFFFFFF00000001, 0x0000000000000000, 0x00000000FFFFFFFF, 0xFFFFFFFFFFFFFFFF);
        Memory.SetInt32(work, PrimeAt + Modular.Bytes, 1);
        Set(work, OrderAt, 0xFFFFFFFF00000000, 0xFFFFFFFFFFFFFFFF, 0xBCE6FAADA7179E84, 0xF3B9CAC2FC632551);
        Memory.SetInt32(work, OrderAt + Modular.Bytes, unchecked((int)0xEE00BC4F));
        Set(work, OneAt, 0, 0, 0, 1);
        Set(work, BAt, 0x5AC635D8AA3A93E7, 0xB3EBBD55769886BC, 0x651D06B0CC53B0F6, 0x3BCE3C3E27D2604B);
        Modular.ToFactor(work, BAt, BAt, PrimeAt);
        Set(work, GeneratorAt, 0x6B17D1F2E12C4247, 0xF8BCE6E563A440F2, 0x77037D812DEB33A0, 0xF4A13945D898C296);
        Set(work, GeneratorAt + Modular.Bytes, 0x4FE342E2FE1A7F9B, 0x8EE7EB4A7C0F9E16, 0x2BCE33576B315ECE, 0xCBB6406837BF51F5);
        ToPoint(work, GeneratorAt);
    }

    /// <summary>Makes a point of x and y without a factor, which are there already.</summary>
    internal static void ToPoint(Bytes work, int point)
    {
        Memory.Copy(work, OneAt, work, point + 2 * Modular.Bytes, Modular.Bytes);
        for (int i = 0; i < PointBytes; i += Modular.Bytes) Modular.ToFactor(work, point + i, point + i, PrimeAt);
    }

    /// <summary>Whether a point with Z = 1 is on the curve.</summary>
    internal static bool IsOnCurve(Bytes work, int point)
    {
        int y = point + Modular.Bytes;
        Multiply(work, T0, point, point);
        Multiply(work, T0, T0, point);
        for (int i = 0; i < 3; i++) Subtract(work, T0, T0, point);
        Add(work, T0, T0, BAt);
        Multiply(work, T1, y, y);
        return Modular.AreEqual(work, T0, T1);
    }

    /// <summary>to = first + second for any two points of the curve, equal, opposite and neutral ones too: algorithm 4 of Renes, Costello and Batina,
    /// "Complete addition formulas for prime order elliptic curves" (EUROCRYPT 2016), step by step.</summary>
    internal static void AddPoints(Bytes work, int to, int first, int second)
    {
        int x1 = first, y1 = first + Modular.Bytes, z1 = y1 + Modular.Bytes;
        int x2 = second, y2 = second + Modular.Bytes, z2 = y2 + Modular.Bytes;
        Multiply(work, T0, x1, x2);
        Multiply(work, T1, y1, y2);
        Multiply(work, T2, z1, z2);
        Add(work, T3, x1, y1);
        Add(work, T4, x2, y2);
        Multiply(work, T3, T3, T4);
        Add(work, T4, T0, T1);
        Subtract(work, T3, T3, T4);
        Add(work, T4, y1, z1);
        Add(work, X3, y2, z2);
        Multiply(work, T4, T4, X3);
        Add(work, X3, T1, T2);
        Subtract(work, T4, T4, X3);
        Add(work, X3, x1, z1);
        Add(work, Y3, x2, z2);
        Multiply(work, X3, X3, Y3);
        Add(work, Y3, T0, T2);
        Subtract(work, Y3, X3, Y3);
        Multiply(work, Z3, BAt, T2);
        Subtract(work, X3, Y3, Z3);
        Add(work, Z3, X3, X3);
        Add(work, X3, X3, Z3);
        Subtract(work, Z3, T1, X3);
        Add(work, X3, T1, X3);
        Multiply(work, Y3, BAt, Y3);
        Add(work, T1, T2, T2);
        Add(work, T2, T1, T2);
        Subtract(work, Y3, Y3, T2);
        Subtract(work, Y3, Y3, T0);
        Add(work, T1, Y3, Y3);
        Add(work, Y3, T1, Y3);
        Add(work, T1, T0, T0);
        Add(work, T0, T1, T0);
        Subtract(work, T0, T0, T2);
        Multiply(work, T1, T4, Y3);
        Multiply(work, T2, T0, Y3);
        Multiply(work, Y3, X3, Z3);
        Add(work, Y3, Y3, T2);
        Multiply(work, X3, T3, X3);
        Subtract(work, X3, X3, T1);
        Multiply(work, Z3, T4, Z3);
        Multiply(work, T1, T3, T0);
        Add(work, Z3, Z3, T1);
        Memory.Copy(work, SumAt, work, to, PointBytes);
    }

    private static void Add(Bytes work, int to, int a, int b) => Modular.Add(work, to, a, b, PrimeAt);

    private static void Subtract(Bytes work, int to, int a, int b) => Modular.Subtract(work, to, a, b, PrimeAt);

    private static void Multiply(Bytes work, int to, int a, int b) => Modular.Multiply(work, to, a, b, PrimeAt);

    private static void Set(Bytes work, int at, ulong first, ulong second, ulong third, ulong fourth)
    {
        Set(work, at, fourth);
        Set(work, at + 8, third);
        Set(work, at + 16, second);
        Set(work, at + 24, first);
    }

    private static void Set(Bytes work, int at, ulong value)
    {
        Memory.SetInt32(work, at, (int)value);
        Memory.SetInt32(work, at + 4, (int)(value >> 32));
    }
}
