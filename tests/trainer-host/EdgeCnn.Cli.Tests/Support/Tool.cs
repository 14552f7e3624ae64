using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;

namespace EdgeCnn.Cli.Tests.Support;

/// <summary>What a run of the tool left: exit code and both streams.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as the one JSON document that it has to be.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}

/// <summary>Runs the built tool as a process of its own, the way a user's shell does.</summary>
internal static class Tool
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "edgecnn.dll");

    /// <summary>Runs the tool to its end in <paramref name="folder"/>.</summary>
    public static Outcome RunIn(string folder, params IEnumerable<string> arguments)
    {
        using Process process = Start(folder, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, error.Result);
    }

    /// <summary>Runs the tool to its end.</summary>
    public static Outcome Run(params IEnumerable<string> arguments) => RunIn(Path.GetTempPath(), arguments);

    /// <summary>Starts the tool.</summary>
    public static Process Start(string folder, IEnumerable<string> arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Assembly, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
