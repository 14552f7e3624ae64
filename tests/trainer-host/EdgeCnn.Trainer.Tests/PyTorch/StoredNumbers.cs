using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace EdgeCnn.Tests.PyTorch;

/// <summary>What make_numbers.py of this folder wrote.</summary>
internal static class StoredNumbers
{
    public static IReadOnlyDictionary<string, double[]> Read(string name) =>
        JsonSerializer.Deserialize<Dictionary<string, double[]>>(
            File.ReadAllText(Path.Combine(Repository.Root, "tests", "trainer-host", "EdgeCnn.Trainer.Tests", "PyTorch", name)))!;
}
