using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Numerics;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>The Arm64 tiles give the hashes of the portable one: every operator's examples, lowered here and run by qemu-aarch64.</summary>
public sealed class Arm64TileTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    /// <summary>Which instructions ilc may use, which processor is emulated, which tile.</summary>
    [Theory]
    [InlineData(true, "max", TileCode.Portable)]
    [InlineData(true, "max", TileCode.AdvSimd)]
    [InlineData(true, "max", TileCode.Sdot)]
    [InlineData(false, "cortex-a72", TileCode.AdvSimd)]
    public void Every_operator_gives_the_hashes_of_its_test(bool dot, string processor, int tile)
    {
        AssertHashes(Build(dot), processor, Enumerable.Range(1, 10).SelectMany(seed => Files((ulong)seed)).Select(file => Lowered(file, tile)));
    }

    [Fact]
    public void Winograd_gives_the_hashes_of_the_test_for_any_shape() =>
        AssertHashes(Build(dot: false), "cortex-a72", Enumerable.Range(0, 100).Select(seed =>
        {
            byte[] file = ModelWriter.Write(WinogradModels.Random(new SampleRandom(new SplitMix64(8, (ulong)seed))));
            return Lowered(file, TileCode.AdvSimd, ConvolutionForm.Winograd);
        }));

    [Fact]
    public void A_processor_without_dot_products_refuses_their_layout()
    {
        string program = Build(dot: false), path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.ecnn");
        File.WriteAllBytes(path, Lowered(OperatorCase.All(1).First(test => test.Model.Operators[0].Weights is not null).File, TileCode.Sdot));
        CommandResult result = Command.Run("qemu-aarch64", ["-cpu", "cortex-a72", program, path], s_limit);
        File.Delete(path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"refused with error {(int)ModelError.BadOperator}", result.Output, StringComparison.Ordinal);
    }

    /// <summary>Runs the self-tests of models of one operator.</summary>
    private static void AssertHashes(string program, string processor, IEnumerable<byte[]> files)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgecnn-arm64-");
        try
        {
            string[] paths = [.. files.Select((file, i) =>
            {
                string path = Path.Combine(folder.FullName, $"{i}.ecnn");
                File.WriteAllBytes(path, file);
                return path;
            })];
            CommandResult result = Command.Run("qemu-aarch64", ["-cpu", processor, program, .. paths], s_limit);
            Assert.True(result.ExitCode == 0, result.Output);
            Assert.Equal(
                paths.Length, result.Output.Split('\n').Count(line => line.Contains("operator 0 hash", StringComparison.Ordinal)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<byte[]> Files(ulong seed) =>
        OperatorCase.All(seed).Select(test => test.File).Concat(OperatorSample.All(seed).Select(sample => sample.File));

    private static unsafe byte[] Lowered(byte[] file, int tile, ConvolutionForm form = ConvolutionForm.Fastest)
    {
        if (tile == TileCode.Portable) return file;
        fixed (byte* source = file)
        {
            using ModelMemory lowered = Lowering.Of(source, tile, form);
            return new ReadOnlySpan<byte>(lowered.Pointer, lowered.Length).ToArray();
        }
    }

    private static string Build(bool dot)
    {
        bool isComplete = IsInPath("aarch64-linux-gnu-gcc") && IsInPath("qemu-aarch64");
        bool mustRun = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
        const string reason = "needs the Debian packages gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user";
        Assert.False(mustRun && !isComplete, reason);
        Assert.SkipUnless(isComplete, reason);
        string folder = Path.Combine(Repository.Root, "tests", "device", "arm64", "program");
        CommandResult build = Command.Run("dotnet", ["build", folder, "-nologo", "-nodeReuse:false", $"-p:Dot={(dot ? "true" : "false")}"], s_limit);
        Assert.True(build.ExitCode == 0, build.Output);
        return Path.Combine(folder, "bin", dot ? "dot" : "neon", "edgecnn-arm64");
    }

    private static bool IsInPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
