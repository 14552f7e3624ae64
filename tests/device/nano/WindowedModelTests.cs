using System;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Learning;
using Xunit;

namespace EdgeCnn.Device.Tests;

public sealed unsafe class WindowedModelTests(LearningFixture learning) : IClassFixture<LearningFixture>
{
    [Theory]
    [MemberData(nameof(GoldenModel.Names), MemberType = typeof(GoldenModel))]
    public void Out_of_a_window_every_operator_hashes_as_in_place(string name)
    {
        GoldenModel golden = GoldenModel.Load(name);
        WindowedRuntime windowed = Open(golden.Model);
        fixed (byte* model = golden.Model)
        fixed (byte* arena = windowed.Arena)
            for (int i = 0; i < golden.Inputs.Count; i++)
            {
                golden.Inputs[i].CopyTo(windowed.Arena, InputAt(golden.Model));
                for (int op = 0; op < golden.Hashes[i].Length; op++)
                {
                    Assert.True(windowed.Step(op));
                    int output = OperatorRecord.Output(model, ModelFile.Operator(model, op));
                    ulong hash = Fnv1a.Add(Fnv1a.Start, arena, TensorRecord.ArenaOffset(model, output), TensorRecord.ByteCount(model, output));
                    Assert.Equal(golden.Hashes[i][op], hash);
                }
            }
        Measured.Note(
            $"array build through a window, {name}: {golden.Inputs.Count} inputs equal; {windowed.Buffer.Length} bytes of RAM for a file of "
            + $"{golden.Model.Length}, arena {windowed.Arena.Length}");
    }

    [Fact]
    public void The_last_layer_learns_what_it_learns_in_place()
    {
        byte[] model = LearningPlanner.Apply(learning.Model, new LearningSettings { Layers = LayerChoice.Parse("last:1") });
        WindowedRuntime windowed = Open(model);
        var runtime = new ArrayRuntime();
        byte[] arena = runtime.CreateArena(model);
        Assert.Equal(ModelError.None, runtime.Verify(model, arena.Length, out _));
        runtime.Reset(model, arena);
        Assert.True(windowed.Reset());
        ulong before = windowed.LearnedHash;
        Assert.Equal(runtime.LearnedHash(model, arena), before);

        foreach ((byte[] input, byte label) in learning.Samples.Take(50))
        {
            runtime.SetInput(model, arena, input);
            runtime.Learn(model, arena, label);
            input.CopyTo(windowed.Arena, InputAt(model));
            Assert.True(windowed.Learn(label));
        }

        Assert.NotEqual(before, windowed.LearnedHash);
        Assert.Equal(runtime.LearnedHash(model, arena), windowed.LearnedHash);
    }

    [Fact]
    public void Every_damaged_byte_is_noticed()
    {
        byte[] model = GoldenModel.Load("tm_mnist_valid_q").Model;
        for (int at = 0; at < model.Length; at += 7)
        {
            byte[] damaged = [.. model];
            damaged[at] ^= 0x10;
            // Bytes between the weights and what follows are read by nobody.
            if (IsFiller(model, at)) continue;
            Assert.NotEqual(ModelError.None, Create(damaged, model).Open(out _));
        }
        for (int length = 0; length < model.Length; length += 31)
            Assert.NotEqual(ModelError.None, Create(model[..length], model).Open(out _));
    }

    [Fact]
    public void A_file_that_changes_after_it_was_checked_does_not_run()
    {
        byte[] model = [.. GoldenModel.Load("tm_mnist_valid_q").Model];
        WindowedRuntime windowed = Open(model);
        Assert.True(windowed.Run());
        fixed (byte* file = model) model[ModelWindow.WeightsAt(file)] ^= 1;
        Assert.False(windowed.Run());
    }

    [Fact]
    public void A_buffer_that_is_one_byte_too_small_is_refused()
    {
        byte[] model = GoldenModel.Load("resnet8").Model;
        Assert.Equal(ModelError.None, new WindowedRuntime(model, BufferBytes(model), ArenaBytes(model)).Open(out _));
        Assert.Equal(ModelError.BufferTooSmall, new WindowedRuntime(model, BufferBytes(model) - 1, ArenaBytes(model)).Open(out int where));
        Assert.Equal(ModelFile.LayerBytesAt, where);
        Assert.Equal(ModelError.ArenaTooSmall, new WindowedRuntime(model, BufferBytes(model), ArenaBytes(model) - 1).Open(out _));
    }

    private static WindowedRuntime Open(byte[] model)
    {
        WindowedRuntime windowed = Create(model, model);
        ModelError error = windowed.Open(out int where);
        Assert.True(error == ModelError.None, $"{error} at {where}");
        return windowed;
    }

    /// <summary>A file in storage, with the RAM that <paramref name="whole"/> needs.</summary>
    private static WindowedRuntime Create(byte[] file, byte[] whole) => new(file, BufferBytes(whole), ArenaBytes(whole));

    private static int BufferBytes(byte[] file)
    {
        fixed (byte* model = file) return Math.Max(ModelWindow.HeadBytes, ModelWindow.Bytes(model));
    }

    private static int ArenaBytes(byte[] file)
    {
        fixed (byte* model = file) return ModelFile.ArenaBytes(model) + ModelFile.LearningBytes(model);
    }

    private static int InputAt(byte[] file)
    {
        fixed (byte* model = file) return TensorRecord.ArenaOffset(model, IORecord.Input(model, 0));
    }

    private static bool IsFiller(byte[] file, int at)
    {
        fixed (byte* model = file)
            return at >= ModelWindow.WeightsAt(model) + ModelWindow.WeightsBytes(model) && at < ModelWindow.TailAt(model);
    }
}
