using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace EdgeCnn.Cli.Tests.Support;

/// <summary>What a browser made of a page.</summary>
/// <param name="Document">The document after its scripts began.</param>
/// <param name="Console">What the page said on the browser's console: errors, mostly.</param>
/// <param name="Screenshot">What it looked like, a PNG file.</param>
internal sealed record Page(string Document, string[] Console, byte[] Screenshot);

/// <summary>Chromium without a window and without a network.</summary>
internal static class Browser
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string? Program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "google-chrome" }.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>Opens an address in a window of a size.</summary>
    public static Page Open(string address, int width = 1200, int height = 1600)
    {
        Assert.SkipWhen(Program is null, "chromium is not installed");
        using var scratch = new Scratch();
        string picture = scratch.At("page.png");
        (_, string errors) = Run(scratch, address, $"--screenshot={picture}", $"--window-size={width},{height}");
        (string document, string more) = Run(scratch, address, "--dump-dom");
        string[] console = [.. (errors + more).Split('\n').Where(line => line.Contains(":CONSOLE", StringComparison.Ordinal))];
        return new Page(document, console, File.ReadAllBytes(picture));
    }

    private static (string Output, string Error) Run(Scratch scratch, string address, params string[] options)
    {
        using Process process = Process.Start(new ProcessStartInfo(Program!,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage",
            "--hide-scrollbars", "--enable-logging=stderr", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            $"--user-data-dir={scratch.At("profile")}", .. options, address,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"the browser did not come to an end: {error.Result}");
        }
        return (output.Result, error.Result);
    }
}
