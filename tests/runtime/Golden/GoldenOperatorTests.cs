using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import;
using EdgeCnn.Trainer.Import.Tflite;
using Xunit;

namespace EdgeCnn.Tests.Golden;

/// <summary>
/// One-operator models against what TensorFlow Lite Micro's reference kernels answer (golden/ops): every byte equal, or refused at
/// import with the reason. On every tile of this machine.
/// </summary>
public sealed class GoldenOperatorTests(ITestOutputHelper output)
{
    private static readonly string Folder = Path.Combine(Repository.Shared, "golden", "ops");

    [Fact]
    public void Every_variant_gives_the_reference_answers_or_is_refused_with_a_reason()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Folder, "index.json")), $"no golden data in {Folder}; set EDGECNN_SHARED");
        using JsonDocument index = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "index.json")));
        List<string> wrong = [];
        int equal = 0, refused = 0;
        foreach (JsonElement test in index.RootElement.EnumerateArray())
        {
            string name = $"{test.GetProperty("operator").GetString()}/{test.GetProperty("variant").GetString()}";
            try
            {
                IntegerModel model = TfliteImporter.Import(File.ReadAllBytes(Path.Combine(Folder, name, "model.tflite")), fuse: false);
                byte[] file = ModelWriter.Write(model);
                string[] differing = [.. TileChoice.Available.Where(tile => !IsEqual(file, tile, test, Path.Combine(Folder, name)))
                    .Select(TileChoice.Name)];
                if (differing.Length == 0) equal++;
                else wrong.Add($"{name} ({string.Join(", ", differing)})");
            }
            catch (ModelException reason)
            {
                // What the importer makes must be a well-formed model; what it can't make it must refuse itself.
                wrong.Add($"{name} ({reason.Message})");
            }
            catch (ImportException reason)
            {
                refused++;
                output.WriteLine($"refused: {name}: {reason.Message}");
            }
        }
        Assert.Empty(wrong);
        Assert.Equal(index.RootElement.GetArrayLength(), equal + refused);
        Assert.InRange(refused, 0, index.RootElement.GetArrayLength() / 10);
        Measured.Note($"one-operator models of TensorFlow Lite: {equal} of {equal + refused} equal to the reference kernels, {refused} refused");
    }

    private static bool IsEqual(byte[] file, int tile, JsonElement test, string folder)
    {
        using EdgeModel model = EdgeModel.Open(file, tile);
        for (int set = 0; set < test.GetProperty("sets").GetInt32(); set++)
        {
            for (int i = 0; i < model.Inputs.Count; i++)
                File.ReadAllBytes(Path.Combine(folder, $"in{i}_{set}.bin")).CopyTo(model.Bytes(model.Inputs[i]));
            model.Run();
            for (int i = 0; i < model.Outputs.Count; i++)
                if (!model.Bytes(model.Outputs[i]).SequenceEqual(File.ReadAllBytes(Path.Combine(folder, $"out{i}_{set}.bin")))) return false;
        }
        return true;
    }
}
