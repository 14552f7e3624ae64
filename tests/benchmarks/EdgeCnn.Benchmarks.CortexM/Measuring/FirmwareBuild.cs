using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using EdgeCnn.Device.Tests;
using EdgeCnn.Tests;

namespace EdgeCnn.Benchmarks.CortexM.Measuring;

/// <summary>Builds what is below device/cortex-m, one at a time: builds for a board share their intermediate files, the model among them.</summary>
public static class FirmwareBuild
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private static readonly Lock s_oneAtATime = new();

    /// <summary>Builds a project.</summary>
    /// <param name="program">Its folder, such as <c>selftest</c>.</param>
    /// <param name="properties">More arguments, such as <c>-p:Board=mps2-an386</c>.</param>
    /// <exception cref="TimeoutException">It took longer than five minutes.</exception>
    public static CommandResult Run(string program, params IEnumerable<string> properties)
    {
        string project = Path.Combine(Repository.Root, "device", "cortex-m", program);
        string[] arguments = ["build", project, "-nologo", "-nodeReuse:false", .. properties];
        lock (s_oneAtATime) return Command.Run("dotnet", arguments, s_limit);
    }
}
