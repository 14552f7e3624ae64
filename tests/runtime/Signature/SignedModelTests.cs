using System;
using System.Linq;
using System.Security.Cryptography;
using EdgeCnn.Managed;
using EdgeCnn.Tests.Learning;
using EdgeCnn.Tests.Operators;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Learning;
using Xunit;

namespace EdgeCnn.Tests.Signature;

/// <summary>A signed model is the model that it was, and nothing of it can be changed unnoticed.</summary>
public sealed unsafe class SignedModelTests : IDisposable
{
    private readonly SignedModel _signer = new();

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void Files_of_all_operators_are_signed_and_accepted_and_keep_id_and_digest()
    {
        byte[][] files = [.. OperatorCase.All(1).Select(test => test.File), .. OperatorSample.All(1).Select(sample => sample.File), TestModels.LeNet5];
        foreach (byte[] file in files)
        {
            byte[] signed = _signer.Sign(file);
            Assert.Equal(ModelSeal.Digest(file), Digest(signed));
            Assert.Equal(ModelSeal.Digest(file), Digest(file));
            Assert.Equal(file, ModelSections.Without(signed, SectionType.Sign));
            Assert.Equal(SignError.None, Check(signed, _signer.PublicKey));
            using EdgeModel plain = EdgeModel.Open(file), model = EdgeModel.Open(signed, _signer.Options);
            Assert.Equal(plain.Info.ModelId, model.Info.ModelId);
            Assert.Equal(_signer.PublicKey.ToString(), model.Info.SignedBy);
            Assert.Null(plain.Info.SignedBy);
        }
    }

    [Fact]
    public void A_signed_file_that_is_signed_again_has_one_signature_the_new_one()
    {
        using var second = new SignedModel();
        byte[] twice = second.Sign(_signer.Sign(TestModels.LeNet5));
        Assert.Equal(SignError.None, Check(twice, second.PublicKey));
        Assert.Equal(SignError.OtherKey, Check(twice, _signer.PublicKey));
        Assert.Equal(_signer.Sign(TestModels.LeNet5).Length, twice.Length);
    }

    [Fact]
    public void Every_flipped_byte_is_noticed_even_with_all_checksums_repaired()
    {
        byte[] signed = _signer.Sign(OperatorCase.All(3).First().File);
        for (int at = 0; at < signed.Length; at++)
        {
            foreach (int mask in (int[])[1, 0x80, 0xFF])
            {
                byte[] damaged = [.. signed];
                damaged[at] ^= (byte)mask;
                Assert.True(IsRefused(damaged), $"byte {at}");
                fixed (byte* p = damaged)
                    if (HasTable(p, signed)) ModelMemory.Seal(p);
                if (!damaged.SequenceEqual(signed)) Assert.True(IsRefused(damaged), $"byte {at} with checksums");
            }
        }
    }

    [Fact]
    public void A_changed_weight_with_a_new_id_is_noticed()
    {
        byte[] signed = _signer.Sign(TestModels.LeNet5);
        fixed (byte* p = signed) signed[ModelFile.SectionOffset(p, SectionType.Weights)] ^= 1;
        ModelSeal.Apply(signed);
        Assert.True(ModelSeal.IsIntact(signed));
        Assert.Equal(SignError.WrongSignature, Check(signed, _signer.PublicKey));
    }

    [Fact]
    public void Each_reason_to_refuse_has_its_number()
    {
        using var other = new SignedModel();
        byte[] signed = _signer.Sign(TestModels.LeNet5);
        Assert.Equal(SignError.Unsigned, Check(TestModels.LeNet5, _signer.PublicKey));
        Assert.Equal(SignError.OtherKey, Check(signed, other.PublicKey));
        Assert.Equal(SignError.BadSection, Check(Changed(signed, SignRecord.AlgorithmAt), _signer.PublicKey));
        Assert.Equal(SignError.BadSection, Check(Changed(signed, SignRecord.ReservedAt + 3), _signer.PublicKey));
        Assert.Equal(SignError.OtherKey, Check(Changed(signed, SignRecord.KeyIdAt), _signer.PublicKey));
        Assert.Equal(SignError.WrongSignature, Check(Changed(signed, SignRecord.SAt), _signer.PublicKey));
        byte[] otherId = [.. signed];
        otherId[ModelFile.ModelIdAt] ^= 1;
        fixed (byte* p = otherId) ModelMemory.Seal(p);
        Assert.Equal(SignError.WrongId, Check(otherId, _signer.PublicKey));
        Assert.Throws<ExportException>(() => _signer.Sign(otherId));
    }

    [Fact]
    public void Only_models_of_the_key_are_opened_where_one_is_asked_for()
    {
        using var other = new SignedModel();
        Assert.Equal(SignError.Unsigned, Assert.Throws<SignatureException>(() => EdgeModel.Open(TestModels.LeNet5, _signer.Options)).Error);
        Assert.Equal(SignError.OtherKey, Assert.Throws<SignatureException>(() => EdgeModel.Open(other.Sign(TestModels.LeNet5), _signer.Options)).Error);
        using EdgeModel open = EdgeModel.Open(_signer.Sign(TestModels.LeNet5), _signer.Options);
        Assert.Null(open.RunSelfTest());
    }

    [Fact]
    public void A_signed_model_is_lowered_without_its_signature_and_gives_the_same_hashes()
    {
        byte[] signed = _signer.Sign(TestModels.LeNet5);
        foreach (int tile in TileChoice.Available)
        {
            using EdgeModel model = EdgeModel.Open(signed, _signer.Options with { Tile = tile });
            Assert.Null(model.RunSelfTest());
            Assert.Equal(tile == TileCode.Portable, ModelFile.Find(model.ModelPointer, SectionType.Sign) != 0);
            Assert.Equal(signed.AsSpan(ModelFile.ModelIdAt, 16), new ReadOnlySpan<byte>(model.ModelPointer + ModelFile.ModelIdAt, 16));
        }
    }

    [Fact]
    public void A_signed_model_learns_what_the_unsigned_one_learns_and_takes_its_deltas()
    {
        byte[] file = LearnedModel.File(), signed = _signer.Sign(file);
        using EdgeModel plain = EdgeModel.Open(file, new ModelOptions { Learns = true });
        using EdgeModel model = EdgeModel.Open(signed, _signer.Options with { Learns = true });
        LearnedModel.Learn(plain, 20);
        LearnedModel.Learn(model, 20);
        Assert.Equal(LearnedModel.Weights(plain), LearnedModel.Weights(model));
        Assert.Equal(LearnedModel.Delta(plain), LearnedModel.Delta(model));
        using EdgeModel other = EdgeModel.Open(signed, _signer.Options with { Learns = true });
        other.ApplyDelta(LearnedModel.Delta(plain));
        Assert.Equal(LearnedModel.Weights(plain), LearnedModel.Weights(other));
    }

    [Fact]
    public void A_plan_for_learning_makes_another_model_which_is_not_signed()
    {
        byte[] planned = LearningPlanner.Apply(_signer.Sign(TestModels.LeNet5), new LearningSettings());
        Assert.Equal(LearningPlanner.Apply(TestModels.LeNet5, new LearningSettings()), planned);
        Assert.Equal(SignError.Unsigned, Check(planned, _signer.PublicKey));
    }

    [Fact]
    public void Keys_of_other_curves_and_texts_that_are_no_keys_are_refused()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP384), key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Throws<FormatException>(() => PublicKey.Of(other));
        Assert.Throws<FormatException>(() => PublicKey.FromPem(other.ExportSubjectPublicKeyInfoPem()));
        Assert.Throws<FormatException>(() => PublicKey.FromPem("no key"));
        PublicKey fromPublic = PublicKey.FromPem(key.ExportSubjectPublicKeyInfoPem()), fromPrivate = PublicKey.FromPem(key.ExportPkcs8PrivateKeyPem());
        Assert.Equal(fromPublic.Bytes, fromPrivate.Bytes);
        Assert.Equal(SHA256.HashData(fromPublic.Bytes)[..8], fromPublic.Id.ToArray());
    }

    /// <summary>Whether the section table is still one that can be walked along.</summary>
    private static bool HasTable(byte* damaged, byte[] signed)
    {
        fixed (byte* original = signed)
            for (int entry = ModelFile.HeaderBytes; entry < ModelFile.Body(original); entry += ModelFile.SectionEntryBytes)
                for (int field = ModelFile.SectionOffsetAt; field < ModelFile.SectionCrcAt; field++)
                    if (damaged[entry + field] != original[entry + field]) return false;
        return ModelFile.Body(damaged) == (signed[ModelFile.BodyAt] | signed[ModelFile.BodyAt + 1] << 8);
    }

    private static byte[] Changed(byte[] signed, int field)
    {
        byte[] changed = [.. signed];
        fixed (byte* p = changed)
        {
            changed[ModelFile.SectionOffset(p, SectionType.Sign) + field] ^= 2;
            ModelMemory.Seal(p);
        }
        return changed;
    }

    private bool IsRefused(byte[] file)
    {
        int where = 0;
        using var memory = new GuardedMemory(file.Length);
        if (ModelCheck.Verify(memory.PlaceReadOnly(file), file.Length, int.MaxValue, ref where) != ModelError.None) return true;
        return Check(file, _signer.PublicKey) != SignError.None;
    }

    private static SignError Check(byte[] file, PublicKey key)
    {
        byte[] memory = new byte[SignCheck.WorkBytes];
        fixed (byte* model = file, bytes = key.Bytes, work = memory) return SignCheck.Verify(model, bytes, work);
    }

    private static byte[] Digest(byte[] file)
    {
        byte[] memory = new byte[ModelDigest.WorkBytes];
        fixed (byte* model = file, work = memory)
        {
            Sha256.Start(work);
            ModelDigest.Compute(model, work);
        }
        return memory[..Sha256.HashBytes];
    }
}
