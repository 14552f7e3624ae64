using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>The program of device/pi/static, made by ilc for a processor.</summary>
internal static class StaticProgram
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private static readonly ConcurrentDictionary<string, Lazy<string>> s_built = [];

    /// <summary>Builds it; skips the test where a tool is missing.</summary>
    /// <param name="processor"><c>arm64</c> or <c>x64</c>.</param>
    /// <returns>The program's path.</returns>
    internal static string Build(string processor)
    {
        if (processor == "arm64") Needs("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu libc6-dev-arm64-cross");
        else Needs("gcc", "gcc libc6-dev");
        return s_built.GetOrAdd(processor, _ => new Lazy<string>(() => Make(processor))).Value;
    }

    /// <summary>Skips the test where a program is missing, and fails it where nothing may be.</summary>
    internal static void Needs(string program, string packages)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        bool isThere = folders.Any(folder => File.Exists(Path.Combine(folder, program)));
        bool mustRun = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
        Assert.False(mustRun && !isThere, $"needs the Debian packages {packages}");
        Assert.SkipUnless(isThere, $"needs the Debian packages {packages}");
    }

    private static string Make(string processor)
    {
        string folder = Path.Combine(Repository.Root, "device", "pi", "static");
        CommandResult build = Command.Run("dotnet", ["build", folder, "-nologo", "-nodeReuse:false", $"-p:Processor={processor}"], s_limit);
        Assert.True(build.ExitCode == 0, build.Output);
        return Path.Combine(folder, "bin", processor, "edgecnn-camera");
    }
}
