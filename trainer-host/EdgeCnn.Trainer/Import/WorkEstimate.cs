using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import;

/// <summary>How much an operator computes and holds, before there is a file to ask.</summary>
internal static class WorkEstimate
{
    /// <summary>Multiply-accumulates of one run, or elements where an operator has none.</summary>
    public static long Of(IntegerOperator op, IReadOnlyList<IntegerTensor> inputs, IntegerTensor output)
    {
        long read = inputs.Sum(Elements), written = Elements(output);
        long positions = op.Code == TransposeConv2D.Code
            ? read / inputs[0].Shape[^1]
            : written / (op.Weights is { Bias.Length: > 0 and var channels } ? channels : 1);
        if (op.Weights is { } weights) return read + positions * weights.Values.Length;
        if (op.Code is MaxPool.Code or AveragePool.Code)
            return read + written * op.Own[Window.KernelHeightAt - OperatorRecord.OwnAt]
                * op.Own[Window.KernelWidthAt - OperatorRecord.OwnAt];
        return read + written * (op.Code == BatchMatMul.Code ? inputs[0].Shape[^1] : 1);
    }

    /// <summary>Bytes of the operator in a model file.</summary>
    public static long ConstantBytes(IntegerOperator op) =>
        (op.Weights is { } weights ? weights.Values.Length + 9L * weights.Bias.Length : 0)
        + (op.Constant?.Length ?? 0) + (op.Params?.Length ?? 0);

    private static long Elements(IntegerTensor tensor) => tensor.Shape.Aggregate(1L, (product, size) => product * size);
}
