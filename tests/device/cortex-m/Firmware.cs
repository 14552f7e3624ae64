using System;
using System.Collections.Generic;
using System.IO;
using EdgeCnn.Benchmarks.CortexM.Measuring;
using EdgeCnn.Tests;

namespace EdgeCnn.Device.Tests;

/// <summary>A firmware: built for a board, run in the emulator.</summary>
/// <param name="Board">Name of a file in device/cortex-m/boards, which is also the emulator's machine.</param>
/// <param name="ModelPath">The model in flash.</param>
/// <param name="InputsPath">The inputs in flash, or null to run the model's TEST section.</param>
/// <param name="Variant">Folder below variants/ whose C# is compiled in as well, or null.</param>
internal sealed record Firmware(string Board, string ModelPath, string? InputsPath = null, string? Variant = null)
{
    /// <summary>Folder below device/cortex-m that has its program.</summary>
    internal string Program { get; init; } = "selftest";

    /// <summary>How long it may run.</summary>
    internal TimeSpan RunLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where the emulator runs, and looks for files; null: anywhere.</summary>
    internal string? Folder { get; init; }

    /// <summary>What comes over its serial line; null: the line is not connected. What it sends is part of the output.</summary>
    internal string? Line { get; init; }

    /// <summary>More arguments of its build.</summary>
    internal string[] Options { get; init; } = [];

    /// <summary>Builds the firmware.</summary>
    /// <param name="elf">Where to write it.</param>
    internal CommandResult Build(string elf)
    {
        Toolchain.Require();
        List<string> properties = [$"-p:Board={Board}", $"-p:Model={ModelPath}", $"-p:Elf={elf}", .. Options];
        if (InputsPath is not null) properties.Add($"-p:Inputs={InputsPath}");
        if (Variant is not null)
            properties.Add($"-p:Extra={Path.Combine(Repository.Root, "tests", "device", "cortex-m", "variants", Variant)}");
        return FirmwareBuild.Run(Program, properties);
    }

    /// <summary>Builds the firmware, and runs it on the emulated board.</summary>
    /// <exception cref="InvalidOperationException">It does not build.</exception>
    internal CommandResult Run()
    {
        string elf = Path.Combine(Path.GetDirectoryName(ModelPath)!, $"{Guid.NewGuid():n}.elf");
        CommandResult build = Build(elf);
        if (build.ExitCode != 0) throw new InvalidOperationException($"the firmware does not build:\n{build.Output}");
        string[] arguments =
        [
            "-M", Board, "-nographic", "-monitor", "none", "-serial", Line is null ? "none" : "stdio",
            "-semihosting-config", "enable=on,target=native", "-kernel", elf,
        ];
        return Command.Run(Toolchain.Emulator, arguments, RunLimit, Folder, Line ?? "");
    }
}
