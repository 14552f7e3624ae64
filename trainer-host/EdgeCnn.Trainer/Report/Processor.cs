using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace EdgeCnn.Trainer.Report;

/// <summary>The processor of this computer, which a time that was measured means nothing without.</summary>
public static class Processor
{
    private const string LinuxFile = "/proc/cpuinfo", LinuxKey = "model name";

    /// <summary>Its name as the operating system says it, otherwise its architecture.</summary>
    public static string Name { get; } = Find() ?? $"{RuntimeInformation.ProcessArchitecture}";

    private static string? Find()
    {
        if (!OperatingSystem.IsLinux())
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        try
        {
            string? line = File.ReadLines(LinuxFile).FirstOrDefault(line => line.StartsWith(LinuxKey, StringComparison.Ordinal));
            return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
