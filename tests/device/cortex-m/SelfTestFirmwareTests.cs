using System;
using System.Linq;
using EdgeCnn.Benchmarks.CortexM.Measuring;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Export;
using Xunit;

namespace EdgeCnn.Device.Tests;

public sealed class SelfTestFirmwareTests(ModelFixture fixture) : IClassFixture<ModelFixture>
{
    [Theory]
    [InlineData("mps2-an385")]
    [InlineData("mps2-an386")]
    public void Every_operator_of_every_input_hashes_as_on_the_desktop(string board)
    {
        CommandResult run = new Firmware(board, fixture.ModelPath, fixture.InputsPath).Run();

        Assert.Equal(HashLines(fixture.Hashes), Lines(run));
        Assert.Equal(0, run.ExitCode);
        Measured.Note($"{board}: {Lines(run).Length} hashes of {ModelFixture.InputCount} images equal to the desktop's");
    }

    [Theory]
    [MemberData(nameof(GoldenModel.Names), MemberType = typeof(GoldenModel))]
    public void Public_models_hash_as_on_the_desktop_on_every_board(string name)
    {
        GoldenModel golden = GoldenModel.Load(name);
        string inputs = fixture.Write($"{name}.bin", [.. golden.Inputs.SelectMany(input => input)]);
        string model = fixture.Write($"{name}.ecnn", golden.Model);
        foreach (Board board in Board.All)
        {
            CommandResult run = new Firmware(board.Machine, model, inputs).Run();

            Assert.Equal(HashLines(golden.Hashes), Lines(run));
            Assert.Equal(0, run.ExitCode);
            Measured.Note($"{board.Machine}, {name}: {Lines(run).Length} hashes of {golden.Inputs.Count} inputs equal to the desktop's");
        }
    }

    [Fact]
    public void Without_inputs_the_model_proves_itself()
    {
        CommandResult run = new Firmware("mps2-an386", fixture.ModelPath).Run();

        using EdgeModel desktop = EdgeModel.Open(fixture.Model);
        Assert.Null(desktop.RunSelfTest());
        Assert.Equal(desktop.Operators.Count, Lines(run).Length);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void A_damaged_model_is_refused_with_the_number_and_place_of_the_fault()
    {
        byte[] damaged = [.. fixture.Model];
        damaged[^1] ^= 1;
        ModelException desktop = Assert.Throws<ModelException>(() => EdgeModel.Open(damaged));

        CommandResult run = new Firmware("mps2-an386", fixture.Write("damaged.ecnn", damaged)).Run();

        Assert.StartsWith($"model refused: error {(int)desktop.Error} at byte {desktop.Where} ", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public void A_hash_that_differs_from_the_test_section_is_reported()
    {
        byte[] model = [.. fixture.Model];
        using (EdgeModel original = EdgeModel.Open(model))
        {
            (int _, int offset, int bytes) = original.Info.Sections.Single(section => section.Type == SectionType.Test);
            model[offset + bytes - 1] ^= 1;
        }
        ModelSeal.Apply(model);

        CommandResult run = new Firmware("mps2-an386", fixture.Write("other-hash.ecnn", model)).Run();

        int last = fixture.Hashes[0].Length - 1;
        Assert.EndsWith($"the hash of operator {last} is not the one in the TEST section\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public void Inputs_that_are_no_whole_tensors_are_refused()
    {
        string inputs = fixture.Write("half.bin", fixture.Inputs[0][1..]);

        CommandResult run = new Firmware("mps2-an386", fixture.ModelPath, inputs).Run();

        Assert.Equal("the inputs file must be a multiple of 784 bytes, and has 783\n", run.Output);
        Assert.Equal(1, run.ExitCode);
    }

    private static string[] HashLines(ulong[][] hashes) =>
        [.. hashes.SelectMany((operators, input) => operators.Select((hash, op) => $"input {input} operator {op} hash {hash:x16}"))];

    /// <summary>The lines about inputs; the stack's depth is another one.</summary>
    private static string[] Lines(CommandResult run) =>
        [.. run.Output.Split('\n').Where(line => line.StartsWith("input ", StringComparison.Ordinal))];
}
