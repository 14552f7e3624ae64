using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>Bytes of firmware, and firmware with fewer operators.</summary>
public sealed partial class TrimmedFirmwareTests(ModelFixture fixture) : IClassFixture<ModelFixture>
{
    private const string Board = "mps2-an386";

    [Fact]
    public void A_firmware_with_the_operators_of_a_model_runs_it_and_refuses_others()
    {
        GoldenModel golden = GoldenModel.Load("kws_ref");
        string model = fixture.Write("kws_ref.ecnn", golden.Model), inputs = fixture.Write("kws_ref.bin", golden.Inputs[0]);
        string[] trimmed = [$"-p:OperatorsOf={model}", "-p:Learning=false"];

        CommandResult run = new Firmware(Board, model, inputs) { Options = trimmed }.Run();
        CommandResult refused = new Firmware(Board, fixture.ModelPath) { Options = trimmed }.Run();

        string hashes = string.Concat(golden.Hashes[0].Select((hash, op) => $"input 0 operator {op} hash {hash:x16}\n"));
        Assert.StartsWith(hashes, run.Output, StringComparison.Ordinal);
        Assert.StartsWith($"model refused: error {(int)ModelError.UnknownOperator} at byte ", refused.Output, StringComparison.Ordinal);
        Assert.Equal(1, refused.ExitCode);
    }

    [Fact]
    public void An_operator_that_there_is_not_is_answered_with_those_that_there_are()
    {
        CommandResult build = new Firmware(Board, fixture.ModelPath) { Options = ["-p:Operators=Conv2D Conv9D"] }.Build(Elf);

        Assert.Contains("no operator Conv9D; there are Add ArgMax AveragePool", build.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, build.ExitCode);
    }

    [Theory]
    [InlineData("selftest", "Operators=Conv2D DepthwiseConv2D FullyConnected AveragePool Reshape Softmax", 17 * 1024)]
    [InlineData("selftest", "Learning=false", 48 * 1024)]
    [InlineData("learner", "Learning=true", 64 * 1024)]
    [InlineData("firmware", "Operators=Conv2D DepthwiseConv2D FullyConnected AveragePool Reshape Softmax", 20 * 1024)]
    [InlineData("firmware", "Learning=true", 64 * 1024)]
    public void The_code_keeps_within_its_budget(string program, string option, int budget)
    {
        string[] options = [$"-p:{option}"];
        if (option.StartsWith("Operators", StringComparison.Ordinal)) options = [.. options, "-p:Learning=false"];

        int text = Measure(program, options);

        Measured.Note($"{Board}, {program} with {option}: {text:N0} bytes of code and read-only data");
        Assert.InRange(text, 1, budget);
    }

    [Fact]
    public void A_firmware_that_checks_signatures_keeps_within_64_KB()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string path = fixture.Write("public.pem", Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()));

        int text = Measure("firmware", $"-p:PublicKey={path}");

        Measured.Note($"{Board}, firmware with a public key: {text:N0} bytes of code and read-only data");
        Assert.InRange(text, 1, 64 * 1024);
    }

    /// <summary>Bytes of code and read-only data of a program; it has nothing else in RAM.</summary>
    private int Measure(string program, params string[] options)
    {
        CommandResult build = new Firmware(Board, fixture.ModelPath) { Program = program, Options = options }.Build(Elf);
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Contains("data 0, bss 0", build.Output, StringComparison.Ordinal);
        return int.Parse(TextBytes().Match(build.Output).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    private string Elf => Path.Combine(Path.GetDirectoryName(fixture.ModelPath)!, "trimmed.elf");

    [GeneratedRegex(@"text (\d+),")]
    private static partial Regex TextBytes();
}
