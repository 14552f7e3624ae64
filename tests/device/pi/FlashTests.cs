using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Security.Cryptography;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;
using EdgeCnn.Flash.Update;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Tests.Support;
using EdgeCnn.Trainer.Export;
using Xunit;

namespace EdgeCnn.Pi.Tests;

/// <summary>The host's side of the board protocol, as 'edgecnn flash' has it, against the camera.</summary>
public sealed class FlashTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_model_that_a_host_activates_is_installed_and_the_next_host_sees_it()
    {
        using Station station = Start(TestModels.Digits);
        using (BoardClient board = Connect(station))
        {
            Assert.Equal("edgecnn-pi", board.Info.Name);
            var model = new ModelImage(TestModels.Teachable, "new");
            UploadResult upload = new Uploader(board).Upload(model);
            Assert.Equal('a', station.Service.Models.List.Single(slot => slot.IsRunning).Slot);
            Assert.Equal(model.ModelId, board.Activate(upload.Slot));
            Assert.Equal(model.ModelId, station.Service.Models.List.Single(slot => slot.IsRunning).ModelId);
        }
        station.Frames(3);
        using BoardClient next = Connect(station);
        Assert.Equal(station.Service.Inference.Engine!.ModelId, next.Slot(next.Info.ActiveSlot!.Value).ModelId);
    }

    [Fact]
    public void With_a_key_only_its_models_are_activated()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string path = _scratch.At("key.pem");
        File.WriteAllText(path, key.ExportSubjectPublicKeyInfoPem());
        using Station station = Start(
            ModelSigning.Sign(TestModels.Digits, key), settings => settings with { Model = settings.Model with { PublicKey = path } });
        using BoardClient board = Connect(station);
        var unsigned = new ModelImage(TestModels.Teachable, "new");
        BoardException refused = Assert.Throws<BoardException>(() => new Uploader(board).Upload(unsigned));
        Assert.Equal(BoardStatus.SignatureRefused, refused.Status);
        var signed = new ModelImage(ModelSigning.Sign(TestModels.Teachable, key), "new");
        board.Activate(new Uploader(board).Upload(signed).Slot);
        Assert.Equal('b', station.Service.Models.List.Single(slot => slot.IsRunning).Slot);
    }

    [Fact]
    public void Noise_on_the_line_is_no_request_and_the_camera_goes_on()
    {
        using Station station = Start(TestModels.Digits);
        using (var client = new TcpClient("127.0.0.1", station.Service.FlashPort))
        {
            byte[] noise = new byte[100_000];
            new Random(1).NextBytes(noise);
            client.GetStream().Write(noise);
        }
        station.Frames(3);
        using BoardClient board = Connect(station);
        Assert.Equal("edgecnn-pi", board.Info.Name);
    }

    private static Station Start(byte[] model, Func<PiSettings, PiSettings>? change = null) => new(
        model,
        settings => (change ?? (same => same))(settings with { Flash = new FlashSettings { Enabled = true, Port = 0 } }) is var changed
            ? changed with { Model = changed.Model with { MaxBytes = 256 << 10 } }
            : settings);

    private static BoardClient Connect(Station station) => new(Transport.Open($"tcp:127.0.0.1:{station.Service.FlashPort}"));
}
