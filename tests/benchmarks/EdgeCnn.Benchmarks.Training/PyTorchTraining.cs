using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace EdgeCnn.Benchmarks.Training;

/// <summary>Runs the Python scripts of this folder, with the settings that make PyTorch fastest.</summary>
internal static class PyTorchTraining
{
    /// <summary>Samples per second of its fastest step.</summary>
    /// <exception cref="InvalidOperationException">Python, PyTorch or the network is missing.</exception>
    public static double SamplesPerSecond(Contest contest, TimeSpan duration, double momentum = 0.9) => double.Parse(
        Run("pytorch.py", contest.Network, $"{contest.Batch}", $"{contest.Threads}", Text(duration.TotalSeconds), Text(momentum)),
        CultureInfo.InvariantCulture);

    /// <summary>Trains LeNet-5 until the end of the first epoch that reaches the aim, or to the end.</summary>
    /// <exception cref="InvalidOperationException">Python, PyTorch or the data is missing.</exception>
    public static Arrival TrainTo(Race race)
    {
        string[] numbers = Run(
            "lenet5_accuracy.py", race.DataFolder, $"{race.Epochs}", $"{race.Threads}", $"{race.Seed}", Text(race.Aim)).Split(' ');
        return new Arrival(
            int.Parse(numbers[0], CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(double.Parse(numbers[1], CultureInfo.InvariantCulture)),
            double.Parse(numbers[2], CultureInfo.InvariantCulture));
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("EDGECNN_PYTHON") ?? "/usr/bin/python3")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, script));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        // Freed memory stays with the process: otherwise every step asks the system for its activations again.
        start.Environment["MALLOC_MMAP_MAX_"] = "0";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "20000000000";
        start.Environment["MALLOC_TOP_PAD_"] = "268435456";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("python does not start");
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Trim()
            : throw new InvalidOperationException(
                $"{script} failed; it needs Debian's python3-torch, python3-numpy and libopenblas0-openmp: {errors.Result}");
    }
}
