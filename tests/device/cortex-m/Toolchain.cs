using System;
using System.IO;
using System.Linq;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>The programs that are not part of .NET: the cross linker and the emulator.</summary>
internal static class Toolchain
{
    internal const string Emulator = "qemu-system-arm";
    private const string Linker = "arm-none-eabi-gcc";

    private static readonly (string Program, string Package)[] s_needed =
        [(Linker, "gcc-arm-none-eabi"), (Emulator, "qemu-system-arm")];

    /// <summary>Skips the test when a program is missing; where CI=true, the test fails instead.</summary>
    internal static void Require()
    {
        string[] missing = [.. s_needed.Where(tool => !IsInPath(tool.Program)).Select(tool => tool.Package)];
        string reason = $"needs the Debian packages {string.Join(' ', missing)}";
        bool mustRun = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
        Assert.False(mustRun && missing.Length > 0, reason);
        Assert.SkipUnless(missing.Length == 0, reason);
    }

    internal static bool IsInPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
