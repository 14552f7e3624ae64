using System;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>Reads and writes activations as the N×H×W×C that the runtime's windows slide over; N×C×W is an image of one row.</summary>
internal static class Images
{
    /// <summary>The first input as an image.</summary>
    public static int Image(this OnnxTranslation t)
    {
        int[] shape = t.Shape();
        int tensor = t.Tensor(0, OnnxTranslation.ChannelsLast(shape.Length));
        return shape.Length == 3 ? t.Reshaped(tensor, [shape[0], 1, shape[2], shape[1]]) : tensor;
    }

    /// <summary>Adds an operator that writes an image.</summary>
    public static void AddImage(
        this OnnxTranslation t, int code, int input, byte[] own, Func<IntegerOperator, IntegerOperator>? complete = null)
    {
        int[] shape = t.OutputShape(), order = OnnxTranslation.ChannelsLast(shape.Length);
        if (shape.Length != 3)
        {
            t.Add(code, [input], order, own, complete);
            return;
        }
        int image = t.AddTemporary(code, [input], [shape[0], 1, shape[2], shape[1]], t.Result(), own, complete);
        t.Store(t.Reshaped(image, [shape[0], shape[2], shape[1]]), order);
    }
}
