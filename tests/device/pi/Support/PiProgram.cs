using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace EdgeCnn.Pi.Tests.Support;

/// <summary>What a run of the program left.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error);

/// <summary>Runs the built program as a process of its own.</summary>
internal static class PiProgram
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "edgecnn-pi.dll");

    /// <summary>Runs it to its end.</summary>
    public static Outcome Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, error.Result);
    }

    /// <summary>Starts it, in the environment that its unit gives it.</summary>
    public static Process Start(params string[] arguments) => Start([("MALLOC_ARENA_MAX", "2")], arguments);

    /// <summary>Starts it with some variables set.</summary>
    public static Process Start((string Name, string Value)[] environment, params string[] arguments)
    {
        string[] words = [Assembly, .. arguments];
        var start = new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
