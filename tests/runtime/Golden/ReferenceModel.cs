using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import.Tflite;
using Xunit;

namespace EdgeCnn.Tests.Golden;

/// <summary>A public model and what TensorFlow Lite Micro's reference kernels make of it; read once for all tests.</summary>
internal sealed class ReferenceModel
{
    /// <summary>How many inputs there are answers for.</summary>
    internal const int Runs = 20;

    private static readonly ConcurrentDictionary<string, ReferenceModel> Read = new(StringComparer.Ordinal);

    private readonly Lazy<byte[]> _fused, _plain;

    private ReferenceModel(string folder)
    {
        Source = File.ReadAllBytes(Path.Combine(folder, "model.tflite"));
        Inputs = [.. Enumerable.Range(0, Runs).Select(k => File.ReadAllBytes(Path.Combine(folder, $"in_{k}.bin")))];
        Outputs = [.. Enumerable.Range(0, Runs).Select(k => File.ReadAllBytes(Path.Combine(folder, $"out_{k}.bin")))];
        using JsonDocument layers = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "layers.json")));
        Hashes = layers.RootElement.EnumerateObject().ToDictionary(
            tensor => int.Parse(tensor.Name, CultureInfo.InvariantCulture),
            tensor => tensor.Value.EnumerateArray().Select(hash => hash.GetString()!).ToArray());
        _fused = new(() => ModelWriter.Write(TfliteImporter.Import(Source)));
        _plain = new(() => ModelWriter.Write(TfliteImporter.Import(Source, fuse: false)));
    }

    /// <summary>The TensorFlow Lite file.</summary>
    internal byte[] Source { get; }

    /// <summary>The bytes of the input, run by run.</summary>
    internal byte[][] Inputs { get; }

    /// <summary>The bytes of the output, run by run.</summary>
    internal byte[][] Outputs { get; }

    /// <summary>By tensor of the file, the hash of its bytes in each run.</summary>
    internal Dictionary<int, string[]> Hashes { get; }

    /// <summary>The model called <paramref name="name"/>; the test is skipped where its data is absent.</summary>
    internal static ReferenceModel Of(string name)
    {
        string folder = Path.Combine(Repository.Shared, "golden", name);
        Assert.SkipUnless(Directory.Exists(folder), $"no golden data in {folder}; set EDGECNN_SHARED");
        return Read.GetOrAdd(name, _ => new ReferenceModel(folder));
    }

    /// <summary>As an .ecnn file, with or without fusion.</summary>
    internal byte[] Imported(bool fuse) => (fuse ? _fused : _plain).Value;

    /// <summary>The hash as it is written in the reference: the first half of SHA-256, in hexadecimal digits.</summary>
    internal static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..32];
}
