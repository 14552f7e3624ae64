using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import.Tflite;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>
/// A public model with 20 inputs, imported from TensorFlow Lite, and the hashes that the desktop build gives; tests/runtime holds those
/// to TensorFlow Lite Micro's answers, layer by layer.
/// </summary>
public sealed class GoldenModel
{
    private const int InputCount = 20;

    private GoldenModel(string folder)
    {
        Model = ModelWriter.Write(TfliteImporter.Import(File.ReadAllBytes(Path.Combine(folder, "model.tflite"))));
        Inputs = [.. Enumerable.Range(0, InputCount).Select(i => File.ReadAllBytes(Path.Combine(folder, $"in_{i}.bin")))];
        using EdgeModel desktop = EdgeModel.Open(Model);
        Hashes = [.. Inputs.Select(input =>
        {
            input.CopyTo(desktop.Bytes(desktop.Inputs[0]));
            return desktop.RunProbed().Select(entry => entry.Hash).ToArray();
        })];
    }

    /// <summary>The models' names.</summary>
    public static TheoryData<string> Names { get; } =
        ["ad01", "hello_world", "kws_ref", "micro_speech", "resnet8", "tm_cifar10_q", "tm_mnist_valid_q"];

    /// <summary>The model file.</summary>
    public byte[] Model { get; }

    /// <summary>Raw input tensors.</summary>
    public IReadOnlyList<byte[]> Inputs { get; }

    /// <summary>The hash of every operator's output, for every input.</summary>
    public ulong[][] Hashes { get; }

    /// <summary>Loads a model, or skips the test where the shared data is not at hand.</summary>
    public static GoldenModel Load(string name)
    {
        string folder = Path.Combine(Repository.Shared, "golden", name);
        Assert.SkipUnless(Directory.Exists(folder), $"no golden data in {folder}; set EDGECNN_SHARED");
        return new GoldenModel(folder);
    }
}
