using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;

namespace EdgeCnn.Device.Tests;

/// <summary>What a child process left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output, then standard error.</param>
public sealed record CommandResult(int ExitCode, string Output);

/// <summary>Runs programs.</summary>
public static class Command
{
    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It took longer than <paramref name="limit"/>, and was ended.</exception>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="folder">Where it runs; null: here.</param>
    /// <param name="input">What it reads from its standard input.</param>
    public static CommandResult Run(string program, IEnumerable<string> arguments, TimeSpan limit, string? folder = null, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} took longer than {limit}");
        }
        return new CommandResult(process.ExitCode, output.Result + errors.Result);
    }
}
