using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Device.Tests;

/// <summary>
/// A model, inputs for it, and the hashes that every build of the runtime must give: LeNet-5 after one short epoch on drawn digits, and
/// what the desktop build makes of images it has not seen.
/// </summary>
public sealed class ModelFixture : IDisposable
{
    /// <summary>Number of inputs.</summary>
    public const int InputCount = 200;

    private const int TrainingImages = 1000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgecnn-device-");

    /// <summary>Trains, exports, runs.</summary>
    public ModelFixture()
    {
        Recipe recipe = Recipe.Load(Path.Combine(Repository.Root, "models", "lenet5", "recipe.json"));
        DataSplit digits = new DrawnDigits(TrainingImages, InputCount).Load(new DataRequest(recipe.Classes, recipe.Input));
        Model = Train(recipe, digits.Train);
        using EdgeModel desktop = EdgeModel.Open(Model);
        Inputs = [.. Enumerable.Range(0, InputCount).Select(i => InputBytes(desktop, digits.Test.Image(i)))];
        Hashes = [.. Inputs.Select(input => Run(desktop, input))];
        ModelPath = Write("model.ecnn", Model);
        InputsPath = Write("inputs.bin", [.. Inputs.SelectMany(input => input)]);
    }

    /// <summary>The model file's bytes.</summary>
    public byte[] Model { get; }

    /// <summary>The model file.</summary>
    public string ModelPath { get; }

    /// <summary>Raw input tensors.</summary>
    public byte[][] Inputs { get; }

    /// <summary>All of <see cref="Inputs"/> in one file.</summary>
    public string InputsPath { get; }

    /// <summary>The hash of every operator's output, for every input.</summary>
    public ulong[][] Hashes { get; }

    /// <summary>Writes a file that lives as long as the fixture.</summary>
    public string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <inheritdoc />
    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[] Train(Recipe recipe, Dataset digits)
    {
        Network<float> network = recipe.CreateNetwork<float>();
        var settings = new TrainingSettings(recipe.Batch, Epochs: 1, recipe.Seed);
        using var training = new TrainingLoop<float>(
            network, recipe.CreateLoss<float>(), recipe.CreateOptimizer<float>(), recipe.CreateSchedule(), recipe.Normalization, settings);
        training.Run(digits);
        return ModelExport.ToBytes(recipe, network, digits);
    }

    private static byte[] InputBytes(EdgeModel model, ReadOnlySpan<byte> pixels)
    {
        model.SetPixels(pixels);
        return MemoryMarshal.AsBytes(model.Input).ToArray();
    }

    private static ulong[] Run(EdgeModel model, byte[] input)
    {
        input.CopyTo(MemoryMarshal.AsBytes(model.Input));
        return [.. model.RunProbed().Select(entry => entry.Hash)];
    }
}
