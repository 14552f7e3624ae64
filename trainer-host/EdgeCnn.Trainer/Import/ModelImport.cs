using System;
using System.IO;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import.Onnx;
using EdgeCnn.Trainer.Import.Onnx.Calibration;
using EdgeCnn.Trainer.Import.Tflite;

namespace EdgeCnn.Trainer.Import;

/// <summary>Imports models of other tools, told apart by their content.</summary>
public static class ModelImport
{
    /// <summary>The largest file that is read: models for small devices are far below it.</summary>
    public const long MaxBytes = 256 << 20;

    /// <summary>Reads a file that is to be imported.</summary>
    /// <exception cref="ImportException">It is empty or larger than <see cref="MaxBytes"/>.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static byte[] Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        if (stream.Length is 0 or > MaxBytes)
            throw new ImportException($"{path}: {stream.Length} bytes; a model to import has 1 to {MaxBytes}");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Imports a model.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="fuse">Drop and fuse what inference does not need.</param>
    /// <param name="examples">Example inputs to quantize an ONNX model in float with, or null.</param>
    /// <exception cref="ImportException">It can't be imported; all reasons at once.</exception>
    public static IntegerModel From(byte[] file, string name, bool fuse = true, ExampleFolder? examples = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (OnnxFile.IsLikely(file)) return OnnxImporter.Import(file, fuse, examples);
        if (examples is not null) throw new ImportException($"{name}: only ONNX models in float are calibrated; leave out --calibrate");
        if (file.Length >= 8 && file.AsSpan(4, 4).SequenceEqual("TFL3"u8)) return TfliteImporter.Import(file, fuse);
        throw new ImportException(
            $"{name}: neither a TensorFlow Lite model (no TFL3 at byte 4) nor an ONNX model (no version of the format at byte 0)");
    }
}
