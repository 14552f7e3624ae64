using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading.Tasks;
using EdgeCnn.Pi.Tests.Support;
using EdgeCnn.Trainer.Export;
using Xunit;

namespace EdgeCnn.Pi.Tests;

public sealed class SignatureTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256), _other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _key.Dispose();
        _other.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task With_a_key_only_its_models_are_installed()
    {
        using Station station = Start(ModelSigning.Sign(TestModels.Digits, _key));
        Assert.Contains("the model is not signed", await Refusal(station, TestModels.Teachable));
        Assert.Contains("another key signed the model", await Refusal(station, ModelSigning.Sign(TestModels.Teachable, _other)));
        byte[] changed = ModelSigning.Sign(TestModels.Teachable, _key);
        changed[changed.Length / 2] ^= 1;
        Assert.NotEmpty(await Refusal(station, changed));
        await station.Service.Models.Install(ModelSigning.Sign(TestModels.Teachable, _key), "new");
        station.Frames(3);
    }

    [Fact]
    public void A_model_that_is_not_signed_does_not_start_either()
    {
        using Station station = Start(TestModels.Digits);
        Assert.Contains("the model is not signed", station.Service.Models.Trouble);
        Assert.Null(station.Service.Inference.Engine);
    }

    private Station Start(byte[] model)
    {
        string path = _scratch.At("key.pem");
        File.WriteAllText(path, _key.ExportSubjectPublicKeyInfoPem());
        return new Station(model, settings => settings with { Model = settings.Model with { PublicKey = path } });
    }

    private static async Task<string> Refusal(Station station, byte[] model) =>
        (await Assert.ThrowsAsync<InvalidDataException>(() => station.Service.Models.Install(model, "new"))).Message;
}
