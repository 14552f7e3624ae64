using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeCnn.Tests.Reference;

/// <summary>What PyTorch computes, from reference.json, which reference.py writes.</summary>
internal static class ReferenceData
{
    public static JsonNode Root { get; } = JsonNode.Parse(File.ReadAllText(Path.Combine(
        Repository.Root, "tests", "trainer-host", "EdgeCnn.Trainer.Tests", "Reference", "reference.json")))!;

    /// <summary>The names of an object's members.</summary>
    public static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(member => member.Key);

    /// <summary>A list of numbers.</summary>
    public static double[] Numbers(JsonNode? node) => node.Deserialize<double[]>()!;
}
