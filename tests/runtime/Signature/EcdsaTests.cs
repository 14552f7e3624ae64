using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Security.Cryptography;
using Xunit;

namespace EdgeCnn.Tests.Signature;

/// <summary>The runtime accepts the signatures that the platform's cryptography makes, and no others.</summary>
public sealed unsafe class EcdsaTests
{
    private const int Keys = 40;

    [Fact]
    public void Signatures_of_the_platform_are_accepted_and_those_of_other_keys_or_hashes_are_not()
    {
        for (int i = 0; i < Keys; i++)
        {
            using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256), other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            byte[] hash = SHA256.HashData(BitConverter.GetBytes(i)), signature = key.SignHash(hash);
            Assert.True(IsSignature(Public(key), hash, signature));
            Assert.False(IsSignature(Public(other), hash, signature));
            hash[i % 32] ^= (byte)(1 << (i % 8));
            Assert.False(IsSignature(Public(key), hash, signature));
            hash[i % 32] ^= (byte)(1 << (i % 8));
            for (int bit = i; bit < 8 * signature.Length; bit += 4 * Keys)
            {
                signature[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(IsSignature(Public(key), hash, signature));
                signature[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    [Fact]
    public void Hashes_at_the_edges_of_the_order_are_reduced()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        BigInteger largest = BigInteger.Pow(2, 256) - 1;
        foreach (BigInteger hash in (BigInteger[])[0, 1, Curve.Order - 1, Curve.Order, Curve.Order + 1, Curve.Prime, largest])
            Assert.True(IsSignature(Public(key), Curve.Bytes(hash), key.SignHash(Curve.Bytes(hash))));
    }

    [Fact]
    public void Numbers_that_are_no_scalars_are_refused()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] hash = SHA256.HashData([1]), signature = key.SignHash(hash);
        BigInteger r = new(signature.AsSpan(0, 32), true, true), s = new(signature.AsSpan(32), true, true), largest = BigInteger.Pow(2, 256) - 1;
        BigInteger[] wrong = [0, Curve.Order, Curve.Order + 1, Curve.Prime, largest];
        foreach (BigInteger number in wrong)
        {
            Assert.False(IsSignature(Public(key), hash, [.. Curve.Bytes(r), .. Curve.Bytes(number)]));
            Assert.False(IsSignature(Public(key), hash, [.. Curve.Bytes(number), .. Curve.Bytes(s)]));
            foreach (BigInteger second in wrong)
            {
                Assert.False(IsSignature(Public(key), hash, [.. Curve.Bytes(number), .. Curve.Bytes(second)]));
                Assert.False(IsSignature(Public(key), new byte[32], [.. Curve.Bytes(number), .. Curve.Bytes(second)]));
            }
        }
        // As the standard has it: s and its negative are both signatures.
        Assert.True(IsSignature(Public(key), hash, [.. Curve.Bytes(r), .. Curve.Bytes(Curve.Order - s)]));
    }

    [Fact]
    public void Private_keys_at_the_edges_of_the_order_bring_equal_and_opposite_points_and_are_right()
    {
        BigInteger[] secrets = [1, 2, 3, Curve.Order - 1, Curve.Order - 2, Curve.Order / 2, Curve.Order / 2 + 1];
        foreach (BigInteger secret in secrets)
        {
            byte[] key = Curve.Bytes(Curve.Multiply(secret, Curve.Generator)!.Value);
            foreach (BigInteger nonce in secrets)
            {
                foreach (BigInteger hash in (BigInteger[])[0, 1, Curve.Order - 1, BigInteger.Pow(2, 255)])
                {
                    BigInteger r = Curve.Multiply(nonce, Curve.Generator)!.Value.X % Curve.Order;
                    BigInteger s = Curve.Inverse(nonce, Curve.Order) * (hash + r * secret) % Curve.Order;
                    byte[] signature = [.. Curve.Bytes(r), .. Curve.Bytes(s)];
                    bool expected = !s.IsZero;
                    Assert.Equal(expected, PlatformAccepts(key, Curve.Bytes(hash), signature));
                    Assert.Equal(expected, IsSignature(key, Curve.Bytes(hash), signature));
                }
            }
        }
    }

    [Fact]
    public void A_sum_that_is_the_neutral_point_is_no_signature()
    {
        foreach (int secret in (int[])[1, 2, 77])
        {
            byte[] key = Curve.Bytes(Curve.Multiply(secret, Curve.Generator)!.Value);
            foreach (BigInteger r in (BigInteger[])[1, 5, Curve.Order - 1])
            {
                // hash + r · secret = 0, so hash / s · G + r / s · secret · G is the neutral point for any s.
                byte[] hash = Curve.Bytes(Curve.Modulo(-r * secret, Curve.Order));
                foreach (BigInteger s in (BigInteger[])[1, 2, Curve.Order - 1])
                    Assert.False(IsSignature(key, hash, [.. Curve.Bytes(r), .. Curve.Bytes(s)]));
            }
        }
    }

    [Fact]
    public void A_point_whose_x_is_above_the_order_is_compared_modulo_the_order()
    {
        int found = 0;
        for (BigInteger x = Curve.Order; found < 8; x++)
        {
            if (Curve.YOf(x) is not { } y || x == Curve.Order) continue;
            found++;
            // The key for which (r, s) is a signature of the hash: (s · R − hash · G) / r.
            BigInteger r = x - Curve.Order, s = 1000 + found, hash = new(SHA256.HashData([(byte)found]), true, true);
            var negative = Curve.Multiply(Curve.Modulo(-hash, Curve.Order), Curve.Generator);
            byte[] key = Curve.Bytes(Curve.Multiply(Curve.Inverse(r, Curve.Order), Curve.Add(Curve.Multiply(s, (x, y)), negative))!.Value);
            byte[] signature = [.. Curve.Bytes(r), .. Curve.Bytes(s)];
            Assert.True(PlatformAccepts(key, Curve.Bytes(hash), signature));
            Assert.True(IsSignature(key, Curve.Bytes(hash), signature));
            Assert.False(IsSignature(key, Curve.Bytes(hash), [.. Curve.Bytes(x), .. Curve.Bytes(s)]));
        }
    }

    [Fact]
    public void Keys_that_are_no_points_of_the_curve_are_refused()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] good = Public(key);
        Assert.True(IsKey(good));
        Assert.False(IsKey([.. good[32..], .. good[..32]]));
        Assert.False(IsKey(new byte[Ecdsa.KeyBytes]));
        Assert.False(IsKey([.. Enumerable.Repeat((byte)255, Ecdsa.KeyBytes)]));
        for (int bit = 0; bit < 8 * good.Length; bit += 5)
        {
            good[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(IsKey(good));
            good[bit / 8] ^= (byte)(1 << (bit % 8));
        }
        foreach ((BigInteger x, BigInteger y) in SmallPoints().Take(4))
        {
            Assert.True(IsKey(Curve.Bytes((x, y))));
            Assert.False(IsKey(Curve.Bytes((x + Curve.Prime, y))));
        }
    }

    /// <summary>Points whose x, with the prime added, still fits into 32 bytes.</summary>
    private static IEnumerable<(BigInteger X, BigInteger Y)> SmallPoints()
    {
        for (BigInteger x = 0; ; x++)
            if (Curve.YOf(x) is { } y) yield return (x, y);
    }

    private static byte[] Public(ECDsa key)
    {
        ECPoint point = key.ExportParameters(false).Q;
        return [.. point.X!, .. point.Y!];
    }

    private static bool PlatformAccepts(byte[] key, byte[] hash, byte[] signature)
    {
        using var platform = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = key[..32], Y = key[32..] },
        });
        return platform.VerifyHash(hash, signature);
    }

    private static bool IsKey(byte[] key)
    {
        byte[] memory = new byte[Ecdsa.WorkBytes];
        fixed (byte* work = memory, bytes = key) return Ecdsa.ReadKey(work, bytes);
    }

    private static bool IsSignature(byte[] key, byte[] hash, byte[] signature)
    {
        using var memory = new GuardedMemory(Ecdsa.WorkBytes);
        byte* work = memory.Place(Ecdsa.WorkBytes);
        hash.CopyTo(new Span<byte>(work + Ecdsa.HashAt, Modular.Bytes));
        fixed (byte* keyBytes = key, signatureBytes = signature)
        {
            Assert.True(Ecdsa.ReadKey(work, keyBytes));
            return Ecdsa.IsSignature(work, signatureBytes, 0);
        }
    }
}
