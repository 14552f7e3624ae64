using System.Diagnostics;
using Xunit;

namespace EdgeCnn.Pi.Tests.Support;

/// <summary>Makes videos for tests.</summary>
internal static class Ffmpeg
{
    /// <summary>Runs ffmpeg to its end; skips the test where it is missing.</summary>
    public static void Run(params string[] arguments)
    {
        Assert.SkipUnless(Tools.Exists("ffmpeg"), "ffmpeg is not installed");
        using Process process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
