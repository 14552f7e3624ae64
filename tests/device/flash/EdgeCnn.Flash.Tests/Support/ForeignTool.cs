using System;
using System.IO;
using System.Linq;
using EdgeCnn.Device.Tests;
using Xunit;

namespace EdgeCnn.Flash.Tests.Support;

/// <summary>Programs of others that read what this project writes.</summary>
internal static class ForeignTool
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    /// <summary>Runs a program, or skips the test where it is missing; where CI=true, the test fails instead.</summary>
    /// <param name="package">The Debian package that has it.</param>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it printed.</returns>
    public static string Run(string package, string program, params string[] arguments)
    {
        bool isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
        bool mustRun = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
        Assert.False(mustRun && !isThere, $"needs the Debian package {package}");
        Assert.SkipUnless(isThere, $"needs the Debian package {package}");
        CommandResult result = Command.Run(program, arguments, s_limit);
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output;
    }
}
