using System;
using System.IO;
using Xunit;

namespace EdgeCnn.Device.Tests;

public sealed class FirmwareRulesTests : IDisposable
{
    private const string Board = "mps2-an386";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgecnn-firmware-");
    private readonly string _model;

    public FirmwareRulesTests()
    {
        _model = Path.Combine(_folder.FullName, "no-model.bin");
        File.WriteAllBytes(_model, new byte[16]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("allocating", "undefined reference to `RhpNewFast'")]
    [InlineData("checking", "'Internal.Runtime.CompilerHelpers.ThrowHelpers' not found")]
    [InlineData("floating", "Predefined type 'System.Single' is not defined")]
    public void Firmware_that_breaks_a_rule_does_not_build(string variant, string reason)
    {
        CommandResult build = new Firmware(Board, _model, Variant: variant).Build(Elf);

        Assert.Contains(reason, build.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, build.ExitCode);
        Assert.False(File.Exists(Elf));
    }

    [Fact]
    public void The_same_firmware_without_the_offence_builds()
    {
        CommandResult build = new Firmware(Board, _model).Build(Elf);

        Assert.Equal(0, build.ExitCode);
        Assert.Matches(@"mps2-an386, cortex-m4, bytes: text \d+, data 0, bss 0, model 16, inputs 0", build.Output);
        Assert.True(File.Exists(Elf));
    }

    [Fact]
    public void An_unknown_board_is_answered_with_the_known_ones()
    {
        CommandResult build = new Firmware("mps9", _model).Build(Elf);

        Assert.Contains("No board 'mps9': pass -p:Board= with one of mps2-an385, mps2-an386", build.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, build.ExitCode);
    }

    [Theory]
    [InlineData("mps2-an385", "faulting", "bus fault, status 00008200 at ")]
    [InlineData("mps2-an386", "faulting", "bus fault, status 00008200 at ")]
    [InlineData("mps2-an386", "dividing-by-zero", "usage fault, status 02000000 at ")]
    public void A_fault_prints_which_one_and_ends_with_exit_code_1(string board, string variant, string message)
    {
        CommandResult run = new Firmware(board, _model, Variant: variant).Run();

        Assert.Matches($"^{message}[0-9a-f]{{8}}\n$", run.Output);
        Assert.Equal(1, run.ExitCode);
    }

    [Theory]
    [InlineData("mps2-an385")]
    [InlineData("mps2-an386")]
    public void Shifts_products_and_quotients_of_all_widths_are_those_of_the_desktop(string board)
    {
        CommandResult run = new Firmware(board, _model, Variant: "arithmetic").Run();

        Assert.StartsWith($"{IntegerArithmetic.Hash():x16}\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mps2-an385")]
    [InlineData("mps2-an386")]
    [InlineData("mps2-an500")]
    [InlineData("mps2-an505")]
    [InlineData("mps3-an547")]
    public void The_serial_line_carries_bytes_both_ways(string board)
    {
        CommandResult run = new Firmware(board, _model, Variant: "echoing") { Line = "hello\x01\x7f X" }.Run();

        Assert.Equal($"{board}hello\x01\x7f X", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    private string Elf => Path.Combine(_folder.FullName, "firmware.elf");
}
