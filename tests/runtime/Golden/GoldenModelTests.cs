using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import.Tflite;
using Xunit;

namespace EdgeCnn.Tests.Golden;

/// <summary>
/// Public quantized models against TensorFlow Lite Micro (golden/): 20 inputs each, every operator's output equal; and what the
/// conversion saves.
/// </summary>
public sealed class GoldenModelTests
{
    /// <summary>The arena that TensorFlow Lite Micro needs at its best, in bytes; 0 where it was not measured.</summary>
    private static readonly Dictionary<string, int> PeerArena = new(StringComparer.Ordinal)
    {
        ["kws_ref"] = 22_772,
        ["resnet8"] = 54_340,
        ["ad01"] = 2_260,
        ["micro_speech"] = 6_788,
        ["tm_mnist_valid_q"] = 2_788,
        ["tm_cifar10_q"] = 13_364,
        ["hello_world"] = 0,
    };

    public static TheoryData<string, bool> Models
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (string name in PeerArena.Keys)
            {
                data.Add(name, false);
                data.Add(name, true);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_layer_of_twenty_inputs_equals_the_reference(string name, bool fuse)
    {
        string folder = Path.Combine(Repository.Shared, "golden", name);
        Assert.SkipUnless(Directory.Exists(folder), $"no golden data in {folder}; set EDGECNN_SHARED");
        byte[] source = File.ReadAllBytes(Path.Combine(folder, "model.tflite"));
        byte[] file = ModelWriter.Write(TfliteImporter.Import(source, fuse));
        using EdgeModel model = EdgeModel.Open(file);
        using JsonDocument layers = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "layers.json")));
        Dictionary<int, string[]> expected = layers.RootElement.EnumerateObject().ToDictionary(
            tensor => int.Parse(tensor.Name, CultureInfo.InvariantCulture), tensor => tensor.Value.EnumerateArray().Select(hash => hash.GetString()!).ToArray());

        int compared = 0;
        for (int k = 0; k < 20; k++)
        {
            File.ReadAllBytes(Path.Combine(folder, $"in_{k}.bin")).CopyTo(model.Bytes(model.Inputs[0]));
            for (int i = 0; i < model.Operators.Count; i++)
            {
                model.Step(i);
                int tensor = model.Operators[i].Output.Source;
                if (!expected.TryGetValue(tensor, out string[]? hashes)) continue;
                string found = Convert.ToHexStringLower(SHA256.HashData(model.Bytes(model.Operators[i].Output)))[..32];
                Assert.True(hashes[k] == found, $"{name}, input {k}, operator {i} ({model.Operators[i].Name}), tensor {tensor}");
                compared++;
            }
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder, $"out_{k}.bin")), model.Bytes(model.Outputs[0]).ToArray());
        }
        string fused = fuse ? "fused" : "every tensor";
        Measured.Note(
            $"{name}, {fused}: {compared} hashes equal to the reference; {file.Length} bytes for {source.Length}, arena {model.Info.ArenaBytes}");
        if (!fuse) Assert.Equal(20 * expected.Count, compared);
        Assert.InRange(compared, 20, int.MaxValue);
        Assert.InRange(file.Length, 1, source.Length - 1);
        if (PeerArena[name] is var arena and > 0) Assert.InRange(model.Info.ArenaBytes, 1, arena);
    }
}
