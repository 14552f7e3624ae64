using System;
using System.IO;
using System.Linq;
using EdgeCnn.Benchmarks.CortexM.Measuring;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>The runtime as a library for C: the example of device/cortex-m/c-library, built with CMake.</summary>
public sealed class CLibraryTests(ModelFixture fixture) : IClassFixture<ModelFixture>
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private static readonly string s_library = Path.Combine(Repository.Root, "device", "cortex-m", "c-library");

    [Theory]
    [InlineData("armv7-m", "cortex-m3", "soft", "mps2-an385")]
    [InlineData("armv7e-m", "cortex-m4", "soft", "mps2-an386")]
    [InlineData("armv7e-m-hard", "cortex-m4", "hard", "mps2-an386")]
    public void The_example_in_C_prints_the_classes_that_the_desktop_finds(string architecture, string cpu, string floats, string board)
    {
        string elf = BuildExample(architecture, cpu, floats);

        CommandResult run = Command.Run(
            Toolchain.Emulator,
            [
                "-M", board, "-nographic", "-monitor", "none", "-serial", "none",
                "-semihosting-config", "enable=on,target=native", "-kernel", elf,
            ],
            s_limit);

        using EdgeModel desktop = EdgeModel.Open(fixture.Model);
        string expected = string.Concat(fixture.Inputs.Select(input => $"{ClassOf(desktop, input)}\n"));
        Assert.Equal(expected, run.Output);
        Assert.Equal(0, run.ExitCode);
        Measured.Note($"{board}, libedgecnn.a for {architecture}: the classes of {fixture.Inputs.Length} inputs are the desktop's");
    }

    [Theory]
    [InlineData("armv8-m.main", "cortex-m33", "soft")]
    [InlineData("armv8-m.main-hard", "cortex-m33", "hard")]
    public void It_links_for_processors_that_the_example_has_no_board_for(string architecture, string cpu, string floats) =>
        Assert.True(File.Exists(BuildExample(architecture, cpu, floats)));

    [Fact]
    public void The_archive_defines_the_functions_of_the_header_alone_and_needs_nothing()
    {
        Build("armv7e-m");

        CommandResult symbols = Command.Run("arm-none-eabi-nm", ["-g", ArchiveOf("armv7e-m")], s_limit);

        string[][] entries = [.. symbols.Output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.All(entries.Where(entry => entry.Length == 3), entry => Assert.StartsWith("edgecnn_", entry[2], StringComparison.Ordinal));
        string header = File.ReadAllText(Path.Combine(s_library, "include", "edgecnn.h"));
        Assert.All(entries.Where(entry => entry.Length == 3), entry => Assert.Contains($"{entry[2]}(", header, StringComparison.Ordinal));
        Assert.Contains(entries, entry => entry.Length == 3);
        Assert.Empty(entries.Where(entry => entry.Length == 2 && entry[0] == "U").Select(entry => entry[1]));
    }

    private string BuildExample(string architecture, string cpu, string floats)
    {
        Toolchain.Require();
        Assert.SkipUnless(Toolchain.IsInPath("cmake"), "needs the Debian package cmake");
        Build(architecture);
        string folder = Path.Combine(Path.GetDirectoryName(fixture.ModelPath)!, architecture), example = Path.Combine(s_library, "example");
        Run("cmake",
            "-S", example, "-B", folder,
            $"-DCMAKE_TOOLCHAIN_FILE={Path.Combine(example, "arm-none-eabi.cmake")}", $"-DEdgeCnn_DIR={s_library}",
            $"-DCPU={cpu}", $"-DFLOAT_ABI={floats}", $"-DMODEL={fixture.ModelPath}", $"-DINPUTS={fixture.InputsPath}");
        Run("cmake", "--build", folder);
        return Path.Combine(folder, "example");
    }

    private static void Build(string architecture)
    {
        Toolchain.Require();
        Require(FirmwareBuild.Run("c-library", $"-p:Architecture={architecture}"));
    }

    private static string ArchiveOf(string architecture) => Path.Combine(s_library, "bin", architecture, "libedgecnn.a");

    private static void Run(string program, params string[] arguments) => Require(Command.Run(program, arguments, s_limit));

    private static void Require(CommandResult run) => Assert.True(run.ExitCode == 0, run.Output);

    private static int ClassOf(EdgeModel model, byte[] input)
    {
        input.AsSpan().CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(model.Input));
        model.Run();
        return model.BestClass;
    }
}
