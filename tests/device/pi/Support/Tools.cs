using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace EdgeCnn.Pi.Tests.Support;

/// <summary>Programs that some tests need.</summary>
internal static class Tools
{
    /// <summary>Where a program is; null where it is not installed.</summary>
    public static string? Find(params string[] names) => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(Path.PathSeparator)
        .SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>Whether it is installed.</summary>
    public static bool Exists(string name) => Find(name) is not null;

    /// <summary>Runs one to its end.</summary>
    /// <returns>Its exit code.</returns>
    public static int Run(string name, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
