using System;
using System.Linq;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>Computes what depends on constants only: shape arithmetic, weights that are moved around before they are used.</summary>
internal static class ConstantFolding
{
    /// <summary>The value of a Constant node.</summary>
    public static OnnxTensor Constant(OnnxCall call)
    {
        foreach ((string name, OnnxAttribute value) in call.Node.Attributes)
        {
            OnnxTensor? constant = name switch
            {
                "value" => value.Tensor,
                "value_float" => OnnxTensor.Of("", [], [value.Single]),
                "value_floats" => OnnxTensor.Of("", [value.Singles.Length], value.Singles),
                "value_int" => OnnxTensor.Of("", [], [value.Integer]),
                "value_ints" => OnnxTensor.Of("", [value.Integers.Length], value.Integers),
                _ => null,
            };
            if (constant is not null) return constant;
        }
        throw call.Refuse("the constant has no value that can be imported");
    }

    /// <summary>The results of an operator on constants, or null when it is not one to compute here.</summary>
    public static OnnxTensor[]? Fold(OnnxCall call)
    {
        string[] outputs = call.Node.Outputs;
        if (call.Kind == OnnxKinds.Quantize) return [Quantizations.Integers(call, call.Real(0))];
        if (OnnxOperator.Of(call.Node) is not { Folds: true } op) return null;
        FloatTensor[] inputs = [.. Enumerable.Range(0, call.InputCount).Select(i => call.Has(i) ? call.Real(i) : new FloatTensor([], []))];
        FloatTensor[] results = op.Evaluate(call, inputs);
        bool isFloat = call.Kind == "Cast"
            ? (OnnxType)call.Integer("to", 0) is OnnxType.Float32 or OnnxType.Float16 or OnnxType.Float64
            : !call.Graph.Constants.TryGetValue(call.Name(0), out OnnxTensor? first) || first.IsFloat;
        return [.. results.Take(outputs.Length).Select((result, i) => isFloat
            ? OnnxTensor.Of(outputs[i], result.Shape, result.Values)
            : OnnxTensor.Of(outputs[i], result.Shape, result.Values.Select(value => Exact(call, value))))];
    }

    /// <summary>Integers are computed in single precision, which holds them up to 2²⁴.</summary>
    private static long Exact(OnnxCall call, float value) => Math.Abs(value) <= 1 << 24 || Math.Abs(value) >= int.MaxValue
        ? (long)Math.Truncate((double)value)
        : throw call.Refuse($"the integer {value} is too large to be computed");
}
