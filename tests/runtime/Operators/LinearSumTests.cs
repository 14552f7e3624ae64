using System;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;
using Xunit;

namespace EdgeCnn.Tests.Operators;

/// <summary>Lowered sums and differences, over all 65,536 pairs of operand values: one rounding gives what three give.</summary>
public sealed unsafe class LinearSumTests
{
    private const int Values = 256, Draws = 150;

    [Theory]
    [InlineData(Add.Code, false)]
    [InlineData(Sub.Code, false)]
    [InlineData(Sub.Code, true)]
    public void Every_pair_of_values_gives_what_the_portable_operator_gives(int code, bool swapped)
    {
        var random = new SampleRandom(new SplitMix64(1, (ulong)code));
        int linear = 0, tiles = TileChoice.Available.Length - 1;
        for (int draw = 0; draw < Draws; draw++)
        {
            // The operand with the larger scale gets half of it, the other one less.
            FixedMultiplier larger = FixedMultiplier.Of(0.5), smaller = FixedMultiplier.Of(random.Scale(1 / 64f));
            byte[] file = random.Coin() ? Sample(code, swapped, random, larger, smaller) : Sample(code, swapped, random, smaller, larger);
            byte[] expected = Outputs(file, TileCode.Portable, out _);
            foreach (int tile in TileChoice.Available.Skip(1))
            {
                Assert.Equal(expected, Outputs(file, tile, out int shift));
                if (shift != 0) linear++;
            }
        }
        Assert.InRange(linear, Draws * tiles * 99 / 100, Draws * tiles);
    }

    [Fact]
    public void Multipliers_of_any_size_give_what_the_portable_operator_gives()
    {
        var random = new SampleRandom(new SplitMix64(2, 0));
        for (int draw = 0; draw < Draws; draw++)
        {
            byte[] file = Sample(Add.Code, swapped: false, random, Any(random), Any(random));
            byte[] expected = Outputs(file, TileCode.Portable, out _);
            foreach (int tile in TileChoice.Available.Skip(1)) Assert.Equal(expected, Outputs(file, tile, out _));
        }
    }

    private static FixedMultiplier Any(SampleRandom random) => new(
        2 * random.Below(1 << 30) + random.Below(2), Requantize.MinShift + random.Below(Requantize.MaxShift - Requantize.MinShift + 1));

    private static byte[] Sample(int code, bool swapped, SampleRandom random, FixedMultiplier first, FixedMultiplier second)
    {
        int[] shape = [Values, Values];
        IntegerTensor a = random.Tensor(shape, ElementType.Int8, 0.02f), b = random.Tensor(shape, ElementType.Int8, 0.02f);
        IntegerTensor y = random.Tensor(shape, ElementType.Int8, 0.02f);
        byte[] own = OwnFields.None();
        own[Broadcast.SwappedAt - OperatorRecord.OwnAt] = (byte)(swapped ? 1 : 0);
        OwnFields.SetInt16(own, Broadcast.ZeroPoint2At, b.Quantization.ZeroPoint);
        OwnFields.SetClamp(own, y.Quantization, random.Coin() ? 0 : double.NegativeInfinity, double.PositiveInfinity, ElementType.Int8);
        return ModelWriter.Write(OperatorSample.Of(code, [a, b], y, own, op => op with
        {
            Scales = [first, second, FixedMultiplier.Of(Math.ScaleB(random.Scale(0.1f), -20))],
        }));
    }

    private static byte[] Outputs(byte[] file, int tile, out int shift)
    {
        using EdgeModel model = EdgeModel.Open(file, tile);
        Span<byte> a = model.Bytes(model.Inputs[0]), b = model.Bytes(model.Inputs[1]);
        for (int i = 0; i < Values * Values; i++) (a[i], b[i]) = ((byte)(i / Values), (byte)i);
        model.Run();
        int block = OperatorRecord.Requant(model.ModelPointer, ModelFile.Operator(model.ModelPointer, 0));
        shift = tile == TileCode.Portable ? 0 : Memory.Int32(model.ModelPointer, block + LinearSum.ShiftAt);
        return model.Bytes(model.Outputs[0]).ToArray();
    }
}
