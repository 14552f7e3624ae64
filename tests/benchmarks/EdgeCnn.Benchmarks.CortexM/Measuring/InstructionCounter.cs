using System;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeCnn.Device.Tests;

namespace EdgeCnn.Benchmarks.CortexM.Measuring;

/// <summary>
/// Counts the instructions that an emulated board executes, by a plugin of QEMU among the shared data, compiled on the spot. Instructions
/// are not cycles: a division, a load and a product of vectors count one each.
/// </summary>
public sealed class InstructionCounter : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgecnn-count-");

    /// <summary>Compiles the plugin.</summary>
    /// <param name="source">The plugin's source.</param>
    /// <exception cref="InvalidOperationException">It does not compile.</exception>
    public InstructionCounter(string source) => Require(
        Command.Run("gcc", ["-shared", "-fPIC", "-O2", "-o", Plugin, source], s_limit), "the instruction counter does not compile");

    private string Plugin => Path.Combine(_folder.FullName, "count.so");

    /// <summary>Instructions of each operator in turn, of all runs, and what the firmware printed.</summary>
    /// <param name="machine">QEMU's name of the board.</param>
    /// <param name="elf">The self-test firmware.</param>
    public (long[] Instructions, string[] Lines) Run(string machine, string elf)
    {
        string symbols = Require(Command.Run("arm-none-eabi-nm", [elf], s_limit), "no symbols").Output;
        CommandResult run = Require(
            Command.Run(
                "qemu-system-arm",
                [
                    "-M", machine, "-nographic", "-monitor", "none", "-serial", "none", "-semihosting-config", "enable=on,target=native",
                    "-kernel", elf,
                    "-plugin", $"{Plugin},begin={Address(symbols, "Interpreter__Step")},end={Address(symbols, "Probe__Describe")}",
                ],
                s_limit),
            "the firmware failed");
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        long[] counts = [.. lines.Where(line => line.StartsWith("COUNT ", StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture))];
        return (counts, lines);
    }

    /// <inheritdoc />
    public void Dispose() => _folder.Delete(recursive: true);

    private static string Address(string symbols, string name) => symbols.Split('\n')
        .First(line => line.EndsWith($"_EdgeCnn_{name}", StringComparison.Ordinal))
        .Split(' ')[0];

    internal static CommandResult Require(CommandResult result, string otherwise) => result.ExitCode == 0
        ? result
        : throw new InvalidOperationException($"{otherwise}:\n{result.Output}");
}
