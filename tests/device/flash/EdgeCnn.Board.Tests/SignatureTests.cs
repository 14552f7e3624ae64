using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Update;
using EdgeCnn.Trainer.Export;
using Xunit;

namespace EdgeCnn.Tests.Boards;

public sealed unsafe class SignatureTests : IDisposable
{
    private readonly ECDsa _owner = ECDsa.Create(ECCurve.NamedCurves.nistP256), _stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte* _key = (byte*)NativeMemory.AlignedAlloc(SignCheck.KeyBytes, 16);

    public SignatureTests()
    {
        ECPoint point = _owner.ExportParameters(false).Q;
        byte[] key = [.. point.X!, .. point.Y!];
        key.CopyTo(new Span<byte>(_key, SignCheck.KeyBytes));
    }

    [Fact]
    public void A_board_with_a_key_runs_what_its_owner_signed_and_nothing_else()
    {
        using var board = new SimulatedBoard { PublicKey = _key };
        using BoardClient client = DirectLine.Connect(board);
        Assert.True(client.Info.Flags.HasFlag(BoardTraits.SignedOnly));

        Assert.Equal(SignError.Unsigned, Refusal(client, SmallModels.Plain));
        Assert.Equal(SignError.OtherKey, Refusal(client, Signed(_stranger)));
        client.Install(Signed(_owner), 0);
        Assert.True(client.SelfTest() > 0);
        board.PowerOn();
        Assert.Equal((0, BootResult.Newest), (client.ReadInfo().ActiveSlot, client.Info.BootResult));
    }

    [Fact]
    public void A_board_that_gets_a_key_no_longer_starts_what_is_not_signed()
    {
        using var board = new SimulatedBoard();
        using BoardClient client = DirectLine.Connect(board);
        client.Install(SmallModels.Plain, 0);

        board.PublicKey = _key;
        board.PowerOn();

        Assert.Equal(((int?)null, BootResult.Nothing), (client.ReadInfo().ActiveSlot, client.Info.BootResult));
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_key);
        _owner.Dispose();
        _stranger.Dispose();
    }

    private static ModelImage Signed(ECDsa key) => new(ModelSigning.Sign(SmallModels.Plain.Bytes.Span, key), "signed");

    private static SignError Refusal(BoardClient client, ModelImage model)
    {
        BoardException refused = Assert.Throws<BoardException>(() => new Uploader(client).Upload(model, 0));
        Assert.Equal(BoardStatus.SignatureRefused, refused.Status);
        return (SignError)refused.First;
    }
}
