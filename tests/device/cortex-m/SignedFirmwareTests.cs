using System;
using System.IO;
using System.Security.Cryptography;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Update;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Export;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>Firmware with a public key, <c>-p:PublicKey=FILE</c>: it runs what the owner of the key signed.</summary>
public sealed class SignedFirmwareTests(BoardFirmware firmware) : IClassFixture<BoardFirmware>, IDisposable
{
    private const string Machine = "mps2-an386";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgecnn-key-");

    [Fact]
    public void A_board_with_a_key_takes_the_signed_model_and_no_other()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256), other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string path = Path.Combine(Repository.Root, "models", "digits8x8", "model.ecnn");
        byte[] model = File.ReadAllBytes(path);
        string pem = Write("public.pem", key.ExportSubjectPublicKeyInfoPem());
        string[] options = [$"-p:PublicKey={pem}", $"-p:OperatorsOf={path}", "-p:Learning=false"];
        using EmulatedBoard board = firmware.Start(Machine, model: path, options: options);
        using BoardClient client = board.Connect();

        // Slot 0 has the unsigned model from the start.
        Assert.Equal((null, BootResult.Nothing), (client.Info.ActiveSlot, client.Info.BootResult));
        Assert.True(client.Info.Flags.HasFlag(BoardTraits.SignedOnly));
        Assert.Equal(SignError.Unsigned, Refusal(() => client.Activate(0)));
        Assert.Equal(SignError.OtherKey, Refusal(() => Upload(client, ModelSigning.Sign(model, other))));
        Assert.Null(client.ReadInfo().ActiveSlot);

        Upload(client, ModelSigning.Sign(model, key));
        client.Activate(1);
        client.Reset();
        Assert.Equal((1, BootResult.Newest), (client.ReadInfo().ActiveSlot, client.Info.BootResult));
        Assert.True(client.SelfTest() > 0);
        Measured.Note($"{Machine}: firmware with a key refused the unsigned model and a foreign signature, and runs the signed one");
    }

    [Theory]
    [InlineData("no key\n", "has no key")]
    [InlineData("secp384r1", "is not one of the curve P-256")]
    public void A_file_without_such_a_key_is_refused_by_the_build(string content, string reason)
    {
        using ECDsa large = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        string pem = Write("other.pem", content == "secp384r1" ? large.ExportSubjectPublicKeyInfoPem() : content);

        var refused = Assert.Throws<InvalidOperationException>(() => firmware.Build(Machine, options: $"-p:PublicKey={pem}"));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Upload(BoardClient client, byte[] model) => new Uploader(client).Upload(new ModelImage(model, "digits8x8"), 1);

    private static SignError Refusal(Action action)
    {
        BoardException refused = Assert.Throws<BoardException>(action);
        Assert.Equal(BoardStatus.SignatureRefused, refused.Status);
        return (SignError)refused.First;
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
