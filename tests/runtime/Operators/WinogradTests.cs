using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;
using Xunit;

namespace EdgeCnn.Tests.Operators;

/// <summary>The Winograd form of a convolution gives the bits of the direct one, up to the channels that its 32-bit sums allow.</summary>
public sealed unsafe class WinogradTests
{
    private const int Shapes = 300;

    /// <summary>The tiles of this machine that have the form.</summary>
    public static TheoryData<string> Tiles =>
        [.. TileChoice.Available.Where(tile => tile is TileCode.Avx2 or TileCode.Avx512 or TileCode.AdvSimd).Select(TileChoice.Name)];

    [Theory]
    [MemberData(nameof(Tiles))]
    public void Random_convolutions_of_any_shape_give_the_hashes_of_their_test(string tile)
    {
        for (int seed = 0; seed < Shapes; seed++)
        {
            IntegerModel model = WinogradModels.Random(new SampleRandom(new SplitMix64(7, (ulong)seed)));
            byte[] file = Lowered(ModelWriter.Write(model), tile, ConvolutionForm.Winograd);
            using var fileMemory = new GuardedMemory(file.Length);
            byte* program = fileMemory.PlaceReadOnly(file, atEnd: seed % 2 == 0);
            using var arenaMemory = new GuardedMemory(ModelFile.ArenaBytes(program));
            byte* arena = arenaMemory.Place(ModelFile.ArenaBytes(program), atEnd: seed % 3 != 0);
            byte[] report = new byte[Probe.EntryBytes];
            Assert.True(OperatorRecord.IsWinograd(program, ModelFile.Operator(program, 0)));
            fixed (byte* entries = report)
                Assert.True(SelfTest.Run(program, arena, entries, 0) == SelfTest.Passed, $"shape {seed}: {Describe(model)}");
        }
    }

    [Theory]
    [MemberData(nameof(Tiles))]
    public void The_largest_sums_are_exact(string tile)
    {
        // Every product is ±2¹⁴, or as near to it as the signs allow, at the most channels; the bias leaves small numbers of them.
        foreach ((int input, int weight) in new[] { (-128, -128), (-128, 127), (127, -128), (127, 127) })
        {
            foreach (int sign in new[] { 1, -1 })
            {
                int channels = EdgeCnn.Winograd.MaxChannels;
                // Signs alternate from tap to tap, as in the rows of G.
                sbyte[] weights =
                    [.. Enumerable.Range(0, 9 * channels).Select(k => (sbyte)(k / channels % 2 == 0 || sign > 0 ? weight : ~weight))];
                int sum = input * weights.Sum(w => w);
                byte[] file = ModelWriter.Write(WinogradModels.Of([1, 3, 4, channels], [1, 1, 2, 1], 0, 0, 0, weights, [17 - sum], 1));

                Assert.All(Run(Lowered(file, tile, ConvolutionForm.Winograd), (sbyte)input), q => Assert.Equal(17, q));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tiles))]
    public void More_channels_than_sums_allow_are_refused(string tile)
    {
        int channels = EdgeCnn.Winograd.MaxChannels + 1;
        byte[] file = ModelWriter.Write(Zeros([1, 3, 3, channels], [1, 1, 1, 1]));
        AssertRefusedWithForm(Lowered(file, tile, ConvolutionForm.Winograd));
    }

    [Theory]
    [InlineData(Window.KernelHeightAt, 2)]
    [InlineData(Window.KernelWidthAt, 2)]
    [InlineData(Window.StrideYAt, 2)]
    [InlineData(Window.StrideXAt, 2)]
    [InlineData(Window.DilationYAt, 2)]
    [InlineData(Window.DilationXAt, 2)]
    public void Other_windows_are_refused(int field, int value)
    {
        foreach (string tile in Tiles.Select(row => row.Data))
        {
            IntegerModel model = Zeros([1, 3, 3, 4], [1, 1, 1, 16]);
            IntegerOperator op = model.Operators[0];
            op.Own[field - OperatorRecord.OwnAt] = (byte)value;
            sbyte[] weights = new sbyte[op.Own[0] * op.Own[1] * 4 * 16];
            model.Operators[0] = op with { Weights = op.Weights! with { Values = weights } };
            AssertRefusedWithForm(Lowered(ModelWriter.Write(model), tile, ConvolutionForm.Winograd));
        }
    }

    [Fact]
    public void A_record_without_a_tile_is_refused() =>
        AssertRefusedWithForm(ModelWriter.Write(Zeros([1, 3, 3, 4], [1, 1, 1, 16])));

    [Theory]
    [InlineData(true, 32, 32, 16, 16)]
    [InlineData(true, 8, 8, 64, 64)]
    [InlineData(true, 32, 32, 3, 16)]
    [InlineData(false, 28, 28, 1, 16)]
    [InlineData(false, 32, 32, 16, 8)]
    [InlineData(false, 2, 2, 64, 64)]
    [InlineData(false, 1, 64, 32, 32)]
    public void The_shape_decides_about_the_form(bool isWinograd, int height, int width, int inputs, int channels)
    {
        byte[] file = ModelWriter.Write(Zeros([1, height, width, inputs], [1, height, width, channels]));
        foreach (string tile in Tiles.Select(row => row.Data))
            fixed (byte* model = Lowered(file, tile, ConvolutionForm.Fastest))
                Assert.Equal(isWinograd, OperatorRecord.IsWinograd(model, ModelFile.Operator(model, 0)));
    }

    private static IntegerModel Zeros(int[] input, int[] output) =>
        WinogradModels.Of(input, output, 1, 1, 0, new sbyte[9 * input[3] * output[3]], new int[output[3]], 1);

    /// <summary>The file is in direct form, and no file when its record says otherwise.</summary>
    private static void AssertRefusedWithForm(byte[] file)
    {
        int where = -1, flags;
        fixed (byte* model = file)
        {
            Assert.Equal(ModelError.None, ModelCheck.Verify(model, file.Length, int.MaxValue, ref where));
            flags = ModelFile.Operator(model, 0) + OperatorRecord.FlagsAt;
        }
        Assert.Equal(0, file[flags] & OperatorRecord.AlternateForm);
        file[flags] |= OperatorRecord.AlternateForm;
        ModelSeal.Apply(file);
        fixed (byte* model = file)
            Assert.Equal(ModelError.BadOperator, ModelCheck.Verify(model, file.Length, int.MaxValue, ref where));
        Assert.Equal(flags, where);
    }

    private static byte[] Lowered(byte[] file, string tile, ConvolutionForm form)
    {
        fixed (byte* source = file)
        {
            using ModelMemory lowered = Lowering.Of(source, TileChoice.Of(tile), form);
            return new ReadOnlySpan<byte>(lowered.Pointer, lowered.Length).ToArray();
        }
    }

    /// <summary>The output for an input whose elements are all the same.</summary>
    private static sbyte[] Run(byte[] file, sbyte input)
    {
        fixed (byte* model = file)
        {
            int where = -1;
            Assert.Equal(ModelError.None, ModelCheck.Verify(model, file.Length, int.MaxValue, ref where));
            using ModelMemory arena = ModelMemory.Allocate(ModelFile.ArenaBytes(model));
            int from = ModelFile.Tensor(model, 0), to = ModelFile.Tensor(model, 1);
            new Span<sbyte>(arena.Pointer + TensorRecord.ArenaOffset(model, from), TensorRecord.Elements(model, from)).Fill(input);
            Interpreter.Run(model, arena.Pointer);
            return new ReadOnlySpan<sbyte>(arena.Pointer + TensorRecord.ArenaOffset(model, to), TensorRecord.Elements(model, to)).ToArray();
        }
    }

    private static string Describe(IntegerModel model) =>
        string.Join(" to ", model.Tensors.Select(tensor => string.Join("×", tensor.Shape)));
}
