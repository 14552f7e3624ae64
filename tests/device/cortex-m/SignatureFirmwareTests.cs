using System;
using System.IO;
using System.Security.Cryptography;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Export;
using Xunit;

namespace EdgeCnn.Device.Tests;

public sealed class SignatureFirmwareTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgecnn-signature-");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _model = File.ReadAllBytes(Path.Combine(Repository.Root, "models", "lenet5", "model.ecnn"));

    public void Dispose()
    {
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("mps2-an385")]
    [InlineData("mps2-an386")]
    public void A_board_accepts_a_signed_model(string board) => Assert.Equal(SignError.None, Check(board, ModelSigning.Sign(_model, _key)));

    [Fact]
    public void A_board_refuses_what_the_key_did_not_sign()
    {
        byte[] forged = ModelSigning.Sign(_model, _key);
        forged[^1] ^= 1;
        ModelSeal.Apply(forged);
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal(SignError.WrongSignature, Check("mps2-an386", forged));
        Assert.Equal(SignError.OtherKey, Check("mps2-an386", ModelSigning.Sign(_model, other)));
        Assert.Equal(SignError.Unsigned, Check("mps2-an386", _model));
    }

    /// <summary>What the firmware with the key says of the model.</summary>
    private SignError Check(string board, byte[] model)
    {
        string path = Path.Combine(_folder.FullName, "model.ecnn");
        File.WriteAllBytes(path, model);
        File.WriteAllBytes(Path.Combine(_folder.FullName, "public.bin"), PublicKey.Of(_key).Bytes);
        CommandResult run = new Firmware(board, path, Variant: "signature") { Folder = _folder.FullName }.Run();
        string line = run.Output.Split('\n')[0];
        const string accepted = "model error 0, signature error ";
        Assert.StartsWith(accepted, line, StringComparison.Ordinal);
        return (SignError)(line[accepted.Length] - '0');
    }
}
