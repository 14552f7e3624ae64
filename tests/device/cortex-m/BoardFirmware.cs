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
    internal EmulatedBoard Start(string machine, string? variant = null)
    {
        string key = $"{machine}-{variant}";
        if (!_elves.TryGetValue(key, out string? elf))
        {
            elf = Path.Combine(_folder.FullName, key + ".elf");
            CommandResult build = new Firmware(machine, "", Variant: variant) { Program = "firmware" }.Build(elf);
            if (build.ExitCode != 0) throw new InvalidOperationException($"the firmware does not build:\n{build.Output}");
            _elves.Add(key, elf);
        }
        return new EmulatedBoard(machine, elf);
    }
}
