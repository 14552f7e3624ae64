using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using EdgeCnn.Device.Tests;
using EdgeCnn.Managed;
using EdgeCnn.Tests;

namespace EdgeCnn.Benchmarks.CortexM.Measuring;

/// <summary>What a model takes on a board.</summary>
/// <param name="Operators">Executed instructions of each operator; one inference is their sum.</param>
/// <param name="TextBytes">Program and read-only data of the firmware, the model excluded.</param>
/// <param name="ArenaBytes">RAM for tensors and scratch memory.</param>
/// <param name="StackBytes">How deep the stack gets.</param>
public sealed partial record Measurement(IReadOnlyList<long> Operators, int TextBytes, int ArenaBytes, int StackBytes)
{
    /// <summary>Executed instructions of an inference.</summary>
    public long Instructions => Operators.Sum();

    /// <summary>Builds the self-test firmware with a model, and runs it once.</summary>
    /// <param name="counter">Counts.</param>
    /// <param name="machine">QEMU's name of the board.</param>
    /// <param name="model">The model file.</param>
    /// <param name="input">Its input tensors; null: those of its own test.</param>
    /// <exception cref="InvalidOperationException">The firmware does not build, or does not run to its end.</exception>
    public static Measurement Of(InstructionCounter counter, string machine, byte[] model, byte[]? input)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgecnn-measure-");
        try
        {
            string elf = Path.Combine(folder.FullName, "selftest.elf");
            CommandResult build = InstructionCounter.Require(Build(folder, machine, model, input, elf), "the firmware does not build");
            (long[] operators, string[] lines) = counter.Run(machine, elf);
            using EdgeModel desktop = EdgeModel.Open(model, TileCode.Portable);
            return new Measurement(
                operators,
                Number(TextSize().Match(build.Output)),
                desktop.Info.ArenaBytes,
                Number(StackDepth().Match(lines.First(line => StackDepth().IsMatch(line)))));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static CommandResult Build(DirectoryInfo folder, string machine, byte[] model, byte[]? input, string elf)
    {
        List<string> properties = [$"-p:Board={machine}", $"-p:Model={Write(folder, "model.ecnn", model)}", $"-p:Elf={elf}"];
        if (input is not null) properties.Add($"-p:Inputs={Write(folder, "input.bin", input)}");
        return FirmwareBuild.Run("selftest", properties);
    }

    private static string Write(DirectoryInfo folder, string name, byte[] bytes)
    {
        string path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"bytes: text (\d+)")]
    private static partial Regex TextSize();

    [GeneratedRegex(@"^stack (\d+) bytes")]
    private static partial Regex StackDepth();
}
