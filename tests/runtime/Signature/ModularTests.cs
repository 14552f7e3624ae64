using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Xunit;

namespace EdgeCnn.Tests.Signature;

/// <summary>Arithmetic modulo the prime and the order of the curve is that of big integers, at the edges of words and of the moduli above all.</summary>
public sealed unsafe class ModularTests
{
    private const int A = P256.Reserved, B = A + 1, Result = B + 1, WorkBytes = (Result + 1) * Modular.Bytes;

    private static readonly BigInteger Factor = BigInteger.Pow(2, 256);

    public static TheoryData<bool> Moduli => new(true, false);

    [Theory]
    [MemberData(nameof(Moduli))]
    public void Sums_differences_and_products_are_those_of_big_integers(bool isPrime)
    {
        BigInteger modulus = isPrime ? Curve.Prime : Curve.Order, inverse = Curve.Inverse(Factor, modulus);
        byte[] memory = new byte[WorkBytes];
        BigInteger[] numbers = [.. Numbers(modulus)];
        fixed (byte* work = memory)
        {
            Start(work, isPrime);
            foreach (BigInteger a in numbers)
            {
                foreach (BigInteger b in numbers)
                {
                    Set(work, A, a);
                    Set(work, B, b);
                    Modular.Add(work, Result, A, B);
                    Assert.Equal((a + b) % modulus, Get(work, Result));
                    Modular.Subtract(work, Result, A, B);
                    Assert.Equal(Curve.Modulo(a - b, modulus), Get(work, Result));
                    Modular.Multiply(work, Result, A, B);
                    Assert.Equal(a * b * inverse % modulus, Get(work, Result));
                    Assert.Equal(a < b, Modular.IsBelow(work, A, B));
                    Assert.Equal(a == b, Modular.AreEqual(work, A, B));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Moduli))]
    public void One_factor_may_be_above_the_modulus(bool isPrime)
    {
        BigInteger modulus = isPrime ? Curve.Prime : Curve.Order, inverse = Curve.Inverse(Factor, modulus);
        byte[] memory = new byte[WorkBytes];
        fixed (byte* work = memory)
        {
            Start(work, isPrime);
            foreach (BigInteger a in (BigInteger[])[modulus, modulus + 1, Factor - 2, Factor - 1])
            {
                foreach (BigInteger b in Numbers(modulus))
                {
                    Set(work, A, a);
                    Set(work, B, b);
                    Modular.Multiply(work, Result, A, B);
                    Assert.Equal(a * b * inverse % modulus, Get(work, Result));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Moduli))]
    public void An_inverse_times_its_number_is_one_and_zero_has_zero(bool isPrime)
    {
        BigInteger modulus = isPrime ? Curve.Prime : Curve.Order;
        byte[] memory = new byte[WorkBytes];
        fixed (byte* work = memory)
        {
            Start(work, isPrime);
            foreach (BigInteger a in Numbers(modulus))
            {
                Set(work, A, a);
                Modular.GiveFactor(work, A);
                Assert.Equal(a * Factor % modulus, Get(work, A));
                Modular.Invert(work, Result, A);
                Modular.Multiply(work, Result, Result, P256.One);
                Assert.Equal(a.IsZero ? 0 : Curve.Inverse(a, modulus), Get(work, Result));
            }
        }
    }

    private static IEnumerable<BigInteger> Numbers(BigInteger modulus)
    {
        BigInteger[] edges =
        [
            0, 1, 2, modulus - 1, modulus - 2, modulus / 2, modulus / 2 + 1, uint.MaxValue, ulong.MaxValue, BigInteger.Pow(2, 255),
            BigInteger.Pow(2, 224) - 1, BigInteger.Pow(2, 192), Factor - modulus, Factor % modulus - 1,
        ];
        var random = new Random(3);
        byte[] bytes = new byte[32];
        return edges.Concat(Enumerable.Range(0, 16).Select(_ =>
        {
            random.NextBytes(bytes);
            // Words of ones and of zeros carry farthest.
            for (int i = 0; i < 4; i++) bytes.AsSpan(4 * random.Next(8), 4).Fill((byte)(random.Next(2) * 255));
            return new BigInteger(bytes, isUnsigned: true) % modulus;
        }));
    }

    private static void Start(byte* work, bool isPrime)
    {
        P256.Start(work);
        if (!isPrime) P256.UseOrder(work);
    }

    private static void Set(byte* work, int number, BigInteger value)
    {
        fixed (byte* bytes = Curve.Bytes(value)) Modular.Load(work, number, bytes, 0);
    }

    private static BigInteger Get(byte* work, int number) => new(new ReadOnlySpan<byte>(work + number * Modular.Bytes, Modular.Bytes), isUnsigned: true);
}
