using System;
using System.Security.Cryptography;

namespace EdgeCnn.Managed;

/// <summary>The key by which a model's signature is checked: a point of the curve P-256.</summary>
public sealed class PublicKey
{
    private readonly byte[] _bytes;

    private PublicKey(byte[] bytes) => _bytes = bytes;

    /// <summary>x and y, each 32 bytes with the most significant first: what a device has of the key.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The first 8 bytes of the SHA-256 of <see cref="Bytes"/>, by which a signed model names the key.</summary>
    public ReadOnlySpan<byte> Id => SHA256.HashData(_bytes).AsSpan(0, SignRecord.KeyIdBytes);

    /// <summary>Reads a key in PEM form: a public one, or the public part of a private one.</summary>
    /// <exception cref="FormatException">The text holds no key on the curve P-256.</exception>
    public static PublicKey FromPem(ReadOnlySpan<char> pem)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return Of(key);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or CryptographicException)
        {
            throw new FormatException("this is not a key in PEM form; 'edgecnn keys create' makes one", unreadable);
        }
    }

    /// <summary>The public part of a key.</summary>
    /// <exception cref="FormatException">The key is not on the curve P-256.</exception>
    public static PublicKey Of(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ECParameters parameters = key.ExportParameters(includePrivateParameters: false);
        if (parameters.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
            throw new FormatException("the key is not on the curve P-256; 'edgecnn keys create' makes one that is");
        return new PublicKey([.. parameters.Q.X!, .. parameters.Q.Y!]);
    }

    /// <summary>The id in hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(Id);
}
