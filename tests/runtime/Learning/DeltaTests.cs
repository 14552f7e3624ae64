using System;
using System.IO;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Learning;
using EdgeCnn.Trainer.Numerics;
using Xunit;

namespace EdgeCnn.Tests.Learning;

/// <summary>What was learned survives as a small file, and no other file is taken for one.</summary>
public sealed unsafe class DeltaTests
{
    private const int Mutations = 4000;

    private static readonly ModelOptions Learns = new() { Learns = true };

    private static readonly byte[] ModelBytes = LearnedModel.File();

    private static readonly byte[] Saved = Learned(ModelBytes, 60);

    [Theory]
    [InlineData("all")]
    [InlineData("last:2")]
    [InlineData("biases")]
    public void A_delta_brings_back_every_weight_and_bias(string layers)
    {
        byte[] file = LearnedModel.File(new LearningSettings { Layers = LayerChoice.Parse(layers), Rate = 0.02 });
        using EdgeModel learner = EdgeModel.Open(file, Learns);
        LearnedModel.Learn(learner, 60);
        byte[] delta = LearnedModel.Delta(learner);
        using EdgeModel other = EdgeModel.Open(file, Learns);
        other.ApplyDelta(delta);

        Assert.NotEqual(LearnedModel.Weights(EdgeModel.Open(file, Learns)), LearnedModel.Weights(learner));
        Assert.Equal(LearnedModel.Weights(learner), LearnedModel.Weights(other));
        Assert.Equal(delta, LearnedModel.Delta(other));
        Measured.Note($"delta of LeNet-5 after 60 samples, {layers}: {delta.Length} bytes");
    }

    [Fact]
    public void A_model_opened_with_a_delta_answers_as_the_one_that_learned()
    {
        using EdgeModel learner = EdgeModel.Open(ModelBytes, Learns);
        LearnedModel.Learn(learner, 60);
        using var folder = new TemporaryFolder();
        string file = folder.Write("model.ecnn", ModelBytes), delta = Path.Combine(folder.Path, "learned.ecdelta");
        learner.SaveDelta(delta);
        using EdgeModel merged = EdgeModel.Open(file, new ModelOptions { Deltas = [delta] });
        for (int i = 0; i < 20; i++)
        {
            learner.SetPixels(TestModels.Digits(20).Image(i));
            merged.SetPixels(TestModels.Digits(20).Image(i));
            learner.Run();
            merged.Run();
            Assert.Equal(learner.Output.ToArray(), merged.Output.ToArray());
        }
        Assert.Equal(ModelBytes, File.ReadAllBytes(file));
        Assert.Equal([delta, file], Directory.GetFiles(folder.Path).Order());
    }

    [Fact]
    public void Deltas_add_up()
    {
        // Steps that are small enough for no sum to leave the range of a weight.
        byte[] file = LearnedModel.File(new LearningSettings { Rate = 0.0003 }), first = Learned(file, 20), second = Learned(file, 40);
        using EdgeModel model = EdgeModel.Open(file, Learns);
        int[] start = LearnedModel.Weights(model);
        model.ApplyDelta(first);
        int[] one = LearnedModel.Weights(model);
        model.ApplyDelta(second);
        int[] both = LearnedModel.Weights(model);
        model.Reset();
        Assert.Equal(start, LearnedModel.Weights(model));
        model.ApplyDelta(second);
        int[] other = LearnedModel.Weights(model);

        Assert.NotEqual(one, other);
        Assert.Equal(start.Select((w, i) => one[i] + other[i] - w), both);
    }

    [Fact]
    public void Sums_stay_within_the_range_of_a_weight()
    {
        using EdgeModel model = EdgeModel.Open(LearnedModel.File(new LearningSettings { Layers = LayerChoice.Parse("last:1"), Rate = 0.5 }), Learns);
        LearnedModel.Learn(model, 30);
        byte[] delta = LearnedModel.Delta(model);
        for (int i = 0; i < 300; i++) model.ApplyDelta(delta);
        byte* file = model.ModelPointer;
        int record = LearnFile.Record(file, 0);
        var weights = new Span<sbyte>(model.ArenaPointer + LearnedWeights.Offset(file, record), 10 * OperatorTable.Depth(file, ModelFile.Operator(file, LearnRecord.Operator(file, record))));

        Assert.Contains((sbyte)127, weights.ToArray());
        Assert.Contains((sbyte)-128, weights.ToArray());
    }

    [Fact]
    public void A_delta_of_another_model_or_another_plan_is_refused()
    {
        using EdgeModel other = EdgeModel.Open(LearnedModel.File(new LearningSettings { Rate = 0.001 }), Learns);
        int[] before = LearnedModel.Weights(other);

        DeltaException refusal = Assert.Throws<DeltaException>(() => other.ApplyDelta(Saved));
        Assert.Equal(DeltaError.OtherModel, refusal.Error);
        Assert.Equal(before, LearnedModel.Weights(other));
    }

    [Fact]
    public void Every_flipped_bit_of_a_delta_is_noticed()
    {
        using var memory = new GuardedMemory(Saved.Length);
        byte[] damaged = (byte[])Saved.Clone();
        var random = new SplitMix64(7, 0);
        for (int i = 0; i < damaged.Length; i++)
        {
            byte bit = (byte)(1 << random.Below(8));
            damaged[i] ^= bit;
            Assert.NotEqual(DeltaError.None, Verify(memory, damaged));
            damaged[i] ^= bit;
        }
    }

    [Fact]
    public void Every_truncated_delta_is_refused()
    {
        using var memory = new GuardedMemory(Saved.Length);
        for (int length = 0; length < Saved.Length; length++) Assert.Equal(DeltaError.Truncated, Verify(memory, Saved.AsSpan(0, length)));
    }

    [Fact]
    public void A_delta_that_does_not_fit_its_buffer_is_not_written_behind_it()
    {
        using EdgeModel learner = EdgeModel.Open(ModelBytes, Learns);
        LearnedModel.Learn(learner, 60);
        using var memory = new GuardedMemory(Saved.Length);
        fixed (byte* file = ModelBytes)
            for (int capacity = 0; capacity < Saved.Length; capacity += 97)
                Assert.Equal(Saved.Length, Delta.Write(file, learner.ModelPointer, learner.ArenaPointer, memory.Place(capacity), capacity));
    }

    [Fact]
    public void No_damaged_delta_reaches_outside_itself()
    {
        using EdgeModel model = EdgeModel.Open(ModelBytes, Learns);
        byte[] shortened = Learned(LearnedModel.File(), 1);
        using var memory = new GuardedMemory(2 * Saved.Length);
        var random = new SplitMix64(11, 0);
        int accepted = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] damaged = ByteMutation.Of(i % 8 == 0 ? Saved : shortened, ref random);
            if (random.Below(8) > 0 && damaged.Length >= DeltaFile.HeaderBytes) Repair(damaged);
            if (Verify(memory, damaged) != DeltaError.None) continue;
            model.ApplyDelta(damaged);
            accepted++;
        }
        Measured.Note($"damaged deltas: {Mutations}, {accepted} of them fit and were applied");
        Assert.InRange(accepted, Mutations / 20, Mutations - 1);
    }

    private static byte[] Learned(byte[] file, int samples)
    {
        using EdgeModel learner = EdgeModel.Open(file, Learns);
        LearnedModel.Learn(learner, samples);
        return LearnedModel.Delta(learner);
    }

    private static DeltaError Verify(GuardedMemory memory, ReadOnlySpan<byte> delta)
    {
        int where = -1;
        fixed (byte* model = ModelBytes)
        {
            DeltaError error = DeltaCheck.Verify(model, memory.PlaceReadOnly(delta), delta.Length, ref where);
            Assert.InRange(where, 0, delta.Length);
            return error;
        }
    }

    /// <summary>Makes length and CRC right, so that the checks behind them are reached.</summary>
    private static void Repair(byte[] delta)
    {
        fixed (byte* p = delta)
        {
            Memory.SetInt32(p, DeltaFile.FileBytesAt, delta.Length);
            Memory.SetInt32(p, DeltaFile.CrcAt, (int)DeltaFile.Crc(p, delta.Length));
        }
    }
}
