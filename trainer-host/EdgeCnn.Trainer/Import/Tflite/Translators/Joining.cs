using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>Operators that join tensors.</summary>
internal static class Joining
{
    /// <summary>CONCATENATION: options axis, activation.</summary>
    [Translates(TfliteOperator.Concatenation)]
    public static void Concatenation(Translation t)
    {
        if (t.Options.Int8(1) != 0) throw t.Refuse("a fused activation is not supported here");
        int axis = Views.Axis(t, t.Options.Int32(0), t.Output().Shape.Length);
        foreach (TfliteTensor input in Inputs(t))
            if (!input.Shape.Take(axis).SequenceEqual(t.Output().Shape.Take(axis)) || input.Shape.Length != t.Output().Shape.Length)
                throw t.Refuse($"{input} does not fit into {t.Output()}");
        Join(t, axis);
    }

    /// <summary>PACK: options number of inputs, axis of the output.</summary>
    [Translates(TfliteOperator.Pack)]
    public static void Pack(Translation t) => Join(t, Views.Axis(t, t.Options.Int32(1), t.Output().Shape.Length));

    private static IEnumerable<TfliteTensor> Inputs(Translation t) => Enumerable.Range(0, t.InputCount).Select(t.Input);

    private static void Join(Translation t, int axis)
    {
        TfliteTensor[] inputs = [.. Inputs(t)];
        int outer = t.Output().Shape.Take(axis).Aggregate(1, (product, size) => product * size);
        foreach (TfliteTensor input in inputs)
            if (input.Type != t.Output().Type) throw t.Refuse($"{input} must be of the output's type");
        if (inputs.Sum(input => (long)input.Elements) != t.Output().Elements || inputs.Any(input => input.Elements % outer != 0))
            throw t.Refuse($"the inputs do not make up {t.Output()}");
        // TensorFlow Lite wants one quantization for all; what has another is rescaled first.
        int[] parts = [.. inputs.Select(input =>
            input.Quantization == t.Output().Quantization ? t.Activation(input) : Functions.AddRescaled(t, input))];
        t.AddJoined(EdgeCnn.Concat.Code, parts, t.Output(), OwnFields.Concat(inputs.Length, outer));
    }
}
