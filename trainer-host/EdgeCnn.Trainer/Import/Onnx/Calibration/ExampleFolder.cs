using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Trainer.Data;

namespace EdgeCnn.Trainer.Import.Onnx.Calibration;

/// <summary>
/// A folder of example inputs: <c>.npy</c> files with values as the model takes them, in ONNX's order of axes, one example or many along
/// the first axis; and IDX files of images (plain or <c>.gz</c>), whose pixels become 0 … 1.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class ExampleFolder(string path)
{
    /// <summary>More are not needed to find ranges.</summary>
    public const int MaxExamples = 256;

    private const string Array = ".npy", Images = "idx3-ubyte";

    /// <summary>The examples of a model with one input.</summary>
    internal IEnumerable<FloatTensor> Read(OnnxGraph graph)
    {
        if (graph.Inputs.Count != 1)
            throw new ImportException($"a model with {graph.Inputs.Count} inputs can't be calibrated; only one with one input");
        int[] shape = graph.Shapes[graph.Inputs[0].Name];
        string[] files = [.. Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Where(file => IsArray(file) || IsImages(file))];
        if (files.Length == 0) throw new ImportException($"{path}: there are no examples; put {Array} files or IDX images there");
        return files.SelectMany(file => IsArray(file) ? FromArray(file, shape) : FromImages(file, shape)).Take(MaxExamples);
    }

    private static bool IsArray(string file) => file.EndsWith(Array, StringComparison.OrdinalIgnoreCase);

    private static bool IsImages(string file) => Path.GetFileName(file).Contains(Images, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<FloatTensor> FromArray(string file, int[] shape)
    {
        FloatTensor array = NumpyFile.Read(file);
        int size = FloatTensor.Count(shape);
        int[] sample = [.. array.Shape.SkipWhile(axis => axis == 1)], wanted = [.. shape.SkipWhile(axis => axis == 1)];
        bool isOne = sample.SequenceEqual(wanted), areMany = array.Shape.Skip(1).SkipWhile(axis => axis == 1).SequenceEqual(wanted);
        if (!isOne && !areMany)
            throw new ImportException($"{file}: [{string.Join(", ", array.Shape)}] does not fit the input [{string.Join(", ", shape)}]");
        return array.Values.Chunk(size).Select(values => new FloatTensor(shape, values));
    }

    /// <summary>Images of one channel, whose pixels lie alike in either order of axes.</summary>
    private static IEnumerable<FloatTensor> FromImages(string file, int[] shape)
    {
        Dataset images = Idx.ReadImages(file);
        if (FloatTensor.Count(shape) != images.Shape.Length)
            throw new ImportException($"{file}: images of {images.Shape} do not fit the input [{string.Join(", ", shape)}]");
        return Enumerable.Range(0, images.Count).Select(i =>
            new FloatTensor(shape, [.. images.Image(i).ToArray().Select(pixel => pixel / 255f)]));
    }
}
