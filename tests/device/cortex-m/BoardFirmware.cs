using System;
using System.Collections.Generic;
using System.IO;

namespace EdgeCnn.Device.Tests;

/// <summary>The firmware that answers on the line, built once for each board.</summary>
public sealed class BoardFirmware : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgecnn-board-");
    private readonly Dictionary<string, string> _elves = [];

    /// <inheritdoc />
    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Switches a board on.</summary>
    /// <param name="machine">Name of a file in device/cortex-m/boards.</param>
    /// <param name="variant">Folder below variants/ whose C# is compiled in as well, or null.</param>
    /// <param name="model">The model that slot 0 has from the start, or none.</param>
    /// <param name="options">More arguments of its build.</param>
    internal EmulatedBoard Start(string machine, string? variant = null, string model = "", params string[] options) =>
        new(machine, Build(machine, variant, model, options));

    /// <summary>Builds it.</summary>
    /// <returns>Where it is.</returns>
    internal string Build(string machine, string? variant = null, string model = "", params string[] options)
    {
        string key = string.Join(' ', [machine, variant, model, .. options]);
        if (_elves.TryGetValue(key, out string? elf)) return elf;
        elf = Path.Combine(_folder.FullName, $"{_elves.Count}.elf");
        CommandResult build = new Firmware(machine, model, Variant: variant) { Program = "firmware", Options = options }.Build(elf);
        if (build.ExitCode != 0) throw new InvalidOperationException($"the firmware does not build:\n{build.Output}");
        _elves.Add(key, elf);
        return elf;
    }
}
