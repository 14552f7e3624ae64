using System;
using System.Security.Cryptography;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Tests.Signature;

/// <summary>A pair of keys, and what is signed with it.</summary>
internal sealed class SignedModel : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The key that checks.</summary>
    internal PublicKey PublicKey => PublicKey.Of(_key);

    /// <summary>Options that trust nobody else.</summary>
    internal ModelOptions Options => new() { PublicKey = PublicKey };

    /// <summary>The signed file.</summary>
    internal byte[] Sign(byte[] file) => ModelSigning.Sign(file, _key);

    public void Dispose() => _key.Dispose();
}
