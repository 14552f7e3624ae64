using System;
using System.Numerics;

namespace EdgeCnn.Tests.Signature;

/// <summary>P-256 with big integers, as it is taught: what the runtime's arithmetic is compared with, and what makes unusual signatures.</summary>
internal static class Curve
{
    internal static readonly BigInteger Prime = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 224) + BigInteger.Pow(2, 192) + BigInteger.Pow(2, 96) - 1;
    internal static readonly BigInteger Order = Number("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    private static readonly BigInteger B = Number("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");

    internal static (BigInteger X, BigInteger Y) Generator { get; } = (
        Number("6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"),
        Number("4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"));

    internal static BigInteger Number(string digits) => new(Convert.FromHexString(digits), isUnsigned: true, isBigEndian: true);

    /// <summary>value modulo modulus, 0 or more.</summary>
    internal static BigInteger Modulo(BigInteger value, BigInteger modulus) => (value % modulus + modulus) % modulus;

    internal static BigInteger Inverse(BigInteger value, BigInteger modulus) => BigInteger.ModPow(Modulo(value, modulus), modulus - 2, modulus);

    /// <summary>y of a point with this x, if there is one.</summary>
    internal static BigInteger? YOf(BigInteger x)
    {
        BigInteger square = Modulo(x * x * x - 3 * x + B, Prime), y = BigInteger.ModPow(square, (Prime + 1) / 4, Prime);
        return y * y % Prime == square ? y : null;
    }

    /// <summary>The sum of two points; null is the neutral one.</summary>
    internal static (BigInteger X, BigInteger Y)? Add((BigInteger X, BigInteger Y)? first, (BigInteger X, BigInteger Y)? second)
    {
        if (first is not { } a) return second;
        if (second is not { } b) return first;
        if (a.X == b.X && a.Y != b.Y) return null;
        BigInteger slope = a == b ? (3 * a.X * a.X - 3) * Inverse(2 * a.Y, Prime) : (b.Y - a.Y) * Inverse(b.X - a.X, Prime);
        BigInteger x = Modulo(slope * slope - a.X - b.X, Prime);
        return (x, Modulo(slope * (a.X - x) - a.Y, Prime));
    }

    internal static (BigInteger X, BigInteger Y)? Multiply(BigInteger factor, (BigInteger X, BigInteger Y)? point)
    {
        (BigInteger X, BigInteger Y)? sum = null;
        for (; factor > 0; factor >>= 1)
        {
            if (!factor.IsEven) sum = Add(sum, point);
            point = Add(point, point);
        }
        return sum;
    }

    /// <summary>32 bytes, the most significant first.</summary>
    internal static byte[] Bytes(BigInteger number)
    {
        byte[] bytes = new byte[32];
        byte[] digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes, 32 - digits.Length);
        return bytes;
    }

    /// <summary>Both coordinates, 32 bytes each.</summary>
    internal static byte[] Bytes((BigInteger X, BigInteger Y) point) => [.. Bytes(point.X), .. Bytes(point.Y)];
}
