using System;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import.Tflite;

namespace EdgeCnn.Tests.Import;

/// <summary>What imported models make of the same numbers.</summary>
internal static class Answers
{
    /// <summary>Bytes without a pattern, always the same.</summary>
    internal static byte[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(Generator.Bits(9, (uint)i) >> 24))];

    /// <summary>The first output of a TensorFlow Lite file whose inputs are <see cref="Numbers"/>.</summary>
    internal static byte[] Of(byte[] tflite) => Of(TfliteImporter.Import(tflite));

    /// <summary>The first output of a model whose inputs are <see cref="Numbers"/>.</summary>
    internal static byte[] Of(IntegerModel model)
    {
        using EdgeModel opened = EdgeModel.Open(ModelWriter.Write(model));
        foreach (TensorInfo input in opened.Inputs) Numbers(opened.Bytes(input).Length).AsSpan().CopyTo(opened.Bytes(input));
        opened.Run();
        return opened.Bytes(opened.Outputs[0]).ToArray();
    }
}
