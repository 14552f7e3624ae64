using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Tests.Operators;

/// <summary>
/// What every operator must hold, over random numbers: checked on every example that its float layer offers, and on samples
/// (Support/Models); <see cref="OperatorBoundTests"/> compares these with their definitions.
/// </summary>
public sealed unsafe class OperatorHarnessTests
{
    private const int Draws = 40;

    /// <summary>Every tile that this machine has.</summary>
    public static TheoryData<string> Tiles => [.. TileChoice.Available.Select(TileChoice.Name)];

    [Fact]
    public void Integer_output_is_within_one_step_of_the_float_definition()
    {
        int compared = 0;
        foreach (OperatorCase test in Cases())
        {
            QuantizationParameters input = test.Model.Tensors[0].Quantization, output = test.Model.Tensors[1].Quantization;
            test.DequantizeInto(test.Twin);
            using EdgeModel model = EdgeModel.Open(test.File);
            SelfTest.FillInputs(model.ModelPointer, model.ArenaPointer, 7);
            double[] real = [.. model.Input.ToArray().Select(q => input.Dequantize(q))];
            model.Run();
            ReadOnlySpan<double> expected = test.Twin.Forward(real).Activation(0);

            for (int i = 0; i < expected.Length; i++, compared++)
            {
                double exact = Math.Clamp(expected[i] / output.Scale + output.ZeroPoint, -128, 127);
                if (!(Math.Abs(exact - model.Output[i]) <= 1)) Assert.Fail($"{test.Name}, element {i}: {model.Output[i]}, exactly {exact}");
            }
        }
        Assert.InRange(compared, 10_000, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Tiles))]
    public void The_arena_is_used_exactly_and_nothing_outside_it_is_touched(string tile)
    {
        foreach (byte[] model in Files())
        {
            byte[] bytes = Lowered(model, tile);
            using var fileMemory = new GuardedMemory(bytes.Length);
            foreach (bool atEnd in new[] { true, false })
            {
                byte* file = fileMemory.PlaceReadOnly(bytes, atEnd);
                int arenaBytes = ModelFile.ArenaBytes(file);
                using var arenaMemory = new GuardedMemory(arenaBytes);
                byte* arena = arenaMemory.Place(arenaBytes, atEnd);
                byte[] report = new byte[Probe.EntryBytes];
                fixed (byte* entries = report) Assert.Equal(SelfTest.Passed, SelfTest.Run(file, arena, entries, 0));
            }
        }
    }

    [Fact]
    public void Scratch_memory_is_needed_to_its_last_byte()
    {
        // Whatever the arena held before, the result is the same; and the last scratch byte is written by some example of the operator.
        var touched = new Dictionary<int, bool>();
        foreach (byte[] file in Files())
        {
            using EdgeModel model = EdgeModel.Open(file, TileCode.Portable);
            int bytes = (int)model.Operators[0].ScratchBytes, op = ModelFile.Operator(model.ModelPointer, 0);
            if (bytes == 0) continue;
            byte* last = model.ArenaPointer + OperatorRecord.Scratch(model.ModelPointer, op) + bytes - 1;
            foreach (byte fill in new byte[] { 0x55, 0xAA })
            {
                new Span<byte>(model.ArenaPointer, ModelFile.ArenaBytes(model.ModelPointer)).Fill(fill);
                Assert.Null(model.RunSelfTest());
                int code = OperatorRecord.Code(model.ModelPointer, op);
                touched[code] = touched.GetValueOrDefault(code) || *last != fill;
            }
        }
        Assert.NotEmpty(touched);
        Assert.All(touched, entry => Assert.True(entry.Value, $"{OperatorTable.Name(entry.Key)} states more scratch than it uses"));
    }

    [Fact]
    public void Every_operator_has_a_float_layer_or_samples()
    {
        HashSet<int> covered =
        [
            .. Cases().Select(test => test.Model.Operators[0].Code), .. Samples().Select(sample => sample.Model.Operators[0].Code),
        ];
        IEnumerable<int> codes = typeof(ModelFile).Assembly.GetTypes()
            .Select(type => type.GetField("Code", BindingFlags.Static | BindingFlags.NonPublic))
            .Where(field => field is { IsLiteral: true }).Select(field => (int)field!.GetRawConstantValue()!);

        Assert.Equal(codes.Order(), covered.Order());
        Assert.All(covered, code => Assert.True(OperatorTable.IsBuiltIn(code) && OperatorTable.Name(code).Length > 0));
    }

    /// <summary>The file as it runs on a machine that has the tile; the hashes of its test are those of the portable one.</summary>
    internal static byte[] Lowered(byte[] file, string tile)
    {
        using EdgeModel model = EdgeModel.Open(file, TileChoice.Of(tile));
        return new ReadOnlySpan<byte>(model.ModelPointer, ModelFile.FileBytes(model.ModelPointer)).ToArray();
    }

    private static IEnumerable<OperatorCase> Cases() => Enumerable.Range(1, Draws).SelectMany(seed => OperatorCase.All((ulong)seed));

    /// <summary>Samples of every operator.</summary>
    internal static IEnumerable<OperatorSample> Samples() => Enumerable.Range(1, Draws).SelectMany(seed => OperatorSample.All((ulong)seed));

    private static IEnumerable<byte[]> Files() => Cases().Select(test => test.File).Concat(Samples().Select(sample => sample.File));
}
