using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace EdgeCnn.Benchmarks.Training;

/// <summary>Runs pytorch.py, with the settings that make it fastest.</summary>
internal static class PyTorchTraining
{
    /// <summary>Samples per second of its fastest step.</summary>
    /// <exception cref="InvalidOperationException">Python, PyTorch or the network is missing.</exception>
    public static double SamplesPerSecond(Contest contest, TimeSpan duration)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("EDGECNN_PYTHON") ?? "/usr/bin/python3")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "pytorch.py"), contest.Network, $"{contest.Batch}", $"{contest.Threads}",
                duration.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            },
        };
        // Freed memory stays with the process: otherwise every step asks the system for its activations again.
        start.Environment["MALLOC_MMAP_MAX_"] = "0";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "20000000000";
        start.Environment["MALLOC_TOP_PAD_"] = "268435456";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("python does not start");
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException(
                $"pytorch.py failed; it needs Debian's python3-torch and libopenblas0-openmp: {errors.Result}");
    }
}
