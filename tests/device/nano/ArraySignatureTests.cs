using System.Security.Cryptography;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>A board knows signatures as the desktop does.</summary>
public sealed class ArraySignatureTests(ModelFixture fixture) : IClassFixture<ModelFixture>
{
    private readonly ArrayRuntime _runtime = new();

    [Fact]
    public void Signatures_are_accepted_and_refused_as_in_the_pointer_build()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256), other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] trusted = PublicKey.Of(key).Bytes.ToArray(), forged = ModelSigning.Sign(fixture.Model, key);
        forged[^1] ^= 1;
        ModelSeal.Apply(forged);

        Assert.Equal(SignError.None, _runtime.VerifySignature(ModelSigning.Sign(fixture.Model, key), trusted));
        Assert.Equal(SignError.WrongSignature, _runtime.VerifySignature(forged, trusted));
        Assert.Equal(SignError.OtherKey, _runtime.VerifySignature(ModelSigning.Sign(fixture.Model, other), trusted));
        Assert.Equal(SignError.Unsigned, _runtime.VerifySignature(fixture.Model, trusted));
    }
}
