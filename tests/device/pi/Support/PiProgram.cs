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
    private static readonly (string Name, string Value) Usual = ("MALLOC_ARENA_MAX", "2");

    /// <summary>Runs it to its end.</summary>
    public static Outcome Run(params string[] arguments) => Run(null, arguments);

    /// <summary>Runs it to its end.</summary>
    /// <param name="input">A file for its standard input; null: that of the tests.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Outcome Run(string? input, string[] arguments)
    {
        using Process process = input is null
            ? Start(arguments)
            : Start(("sh", ["-c", "exec dotnet \"$@\" < \"$0\"", input]), [Usual], arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, error.Result);
    }

    /// <summary>Starts it, in the environment that its unit gives it.</summary>
    public static Process Start(params string[] arguments) => Start([Usual], arguments);

    /// <summary>Starts it with some variables set.</summary>
    public static Process Start((string Name, string Value)[] environment, params string[] arguments) =>
        Start(("dotnet", []), environment, arguments);

    private static Process Start((string Name, string[] First) program, (string Name, string Value)[] environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program.Name, [.. program.First, Assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
