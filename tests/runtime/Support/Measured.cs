using System;
using System.IO;
using Xunit;

namespace EdgeCnn.Tests;

/// <summary>
/// Numbers that a test finds on its way: they go to the test's output, and to the file that EDGECNN_MEASURED names, which
/// tests/run.sh shows at its end.
/// </summary>
internal static class Measured
{
    private static readonly object Gate = new();

    /// <summary>Notes one line.</summary>
    internal static void Note(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (Environment.GetEnvironmentVariable("EDGECNN_MEASURED") is not { Length: > 0 } path) return;
        lock (Gate) File.AppendAllText(path, line + Environment.NewLine);
    }
}
