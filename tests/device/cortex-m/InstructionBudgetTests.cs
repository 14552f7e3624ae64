using System;
using System.IO;
using EdgeCnn.Benchmarks.CortexM.Measuring;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>Executed instructions of an inference stay below those of TensorFlow Lite Micro with CMSIS-NN; the arena below its own.</summary>
public sealed class InstructionBudgetTests
{
    /// <summary>Bytes of stack that the linker script sets apart.</summary>
    private const int StackBytes = 8192;

    [Theory]
    [InlineData("mps2-an386", "kws_ref", 7_230_000, 22_820)]
    [InlineData("mps2-an386", "resnet8", 28_500_000, 54_996)]
    [InlineData("mps2-an386", "ad01", 573_000, 2_580)]
    [InlineData("mps2-an386", "tm_mnist_valid_q", 204_000, 2_884)]
    [InlineData("mps3-an547", "kws_ref", 1_810_000, 22_820)]
    [InlineData("mps3-an547", "resnet8", 4_910_000, 54_996)]
    [InlineData("mps3-an547", "ad01", 150_000, 2_580)]
    public void An_inference_takes_fewer_instructions_and_bytes_than_its_peers(string machine, string name, long instructions, int arena)
    {
        Toolchain.Require();
        string source = Path.Combine(Repository.Shared, "tools", "insn-count.c");
        Assert.SkipUnless(File.Exists(source), $"no {source}; set EDGECNN_SHARED");
        GoldenModel golden = GoldenModel.Load(name);
        using var counter = new InstructionCounter(source);

        Measurement found = Measurement.Of(counter, machine, golden.Model, golden.Inputs[0]);

        Measured.Note(FormattableString.Invariant(
            $"{machine}, {name}: {found.Instructions:n0} instructions of {instructions:n0}, ")
            + FormattableString.Invariant($"arena {found.ArenaBytes:n0}, stack {found.StackBytes:n0}, text {found.TextBytes:n0}"));
        Assert.Equal(golden.Hashes[0].Length, found.Operators.Count);
        Assert.InRange(found.Instructions, 1, instructions);
        Assert.InRange(found.ArenaBytes, 1, arena);
        Assert.InRange(found.StackBytes, 1, StackBytes - 1);
    }
}
