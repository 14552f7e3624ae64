using System;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>
/// Gemm: α·A·B + β·C, A M×K or with transA K×M, B K×N or with transB N×K. MatMul: A …×M×K, B K×N or …×K×N. A B that is constant is a
/// fully connected layer, of which C (for MatMul, an Add behind it) is the bias; otherwise both operands are activations.
/// </summary>
[Imports("Gemm", "MatMul")]
internal sealed class MatrixProduct : OnnxOperator
{
    public override bool Clamps => true;

    public override bool Folds => false;

    public override int[][] Shapes(OnnxCall call)
    {
        int[] a = call.Shape(0), b = call.Shape(1);
        if (a.Length < 2 || b.Length < 2 || (call.Kind == "Gemm" && (a.Length != 2 || b.Length != 2)))
            throw call.Refuse("operands must be matrices");
        if (call.Integer("transA", 0) != 0) throw call.Refuse("a transposed first operand is not supported");
        bool transposed = call.Integer("transB", 0) != 0;
        if (a[^1] != b[transposed ? ^1 : ^2]) throw call.Refuse("the operands' inner dimensions differ");
        int batches = FloatTensor.Count(b[..^2]);
        if (b.Length > 2 && batches != 1 && !a.SkipLast(2).SequenceEqual(b.SkipLast(2)))
            throw call.Refuse("the operands' outer dimensions differ");
        return [[.. a.Length >= b.Length ? a.SkipLast(1) : [.. b.SkipLast(2), a[^2]], b[transposed ? ^2 : ^1]]];
    }

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs)
    {
        int[] shape = Shapes(call)[0];
        int depth = call.Shape()[^1], columns = shape[^1], rows = shape[^2];
        bool transposed = call.Integer("transB", 0) != 0;
        float alpha = call.Single("alpha", 1), beta = call.Single("beta", 1);
        bool repeats = FloatTensor.Count(call.Shape(1)[..^2]) == 1;
        float[] a = inputs[0].Values, b = inputs[1].Values, y = new float[FloatTensor.Count(shape)];
        int[]? bias = call.Has(2) ? [.. FloatTensor.Spread(call.Shape(2), shape)] : null;
        for (int at = 0; at < y.Length; at++)
        {
            int column = at % columns, row = at / columns, matrix = repeats ? 0 : row / rows * depth * columns;
            float sum = 0;
            for (int k = 0; k < depth; k++)
                sum += a[row * depth + k] * b[matrix + (transposed ? column * depth + k : k * columns + column)];
            y[at] = alpha * sum + (bias is null ? 0 : beta * inputs[2].Values[bias[at]]);
        }
        return [new FloatTensor(shape, y)];
    }

    public override void Translate(OnnxTranslation t)
    {
        if (t.IsConstant(1)) FullyConnect(t);
        else Multiply(t);
    }

    private static void FullyConnect(OnnxTranslation t)
    {
        int[] shape = t.Shape(1);
        if (FloatTensor.Count(shape[..^2]) != 1) throw t.Refuse("constant weights must be one matrix");
        bool transposed = t.Integer("transB", 0) != 0;
        int depth = shape[transposed ? ^1 : ^2], channels = shape[transposed ? ^2 : ^1];
        (sbyte[] values, float[] scales) = Filters.Symmetric(t, 1, shape.Length - (transposed ? 2 : 1));
        (int input, int[] places) = Rows(t, depth);
        sbyte[] rows = [.. Enumerable.Range(0, values.Length).Select(i =>
        {
            int channel = i / depth, k = places[i % depth];
            return values[transposed ? channel * depth + k : k * channels + channel];
        })];
        float alpha = t.Single("alpha", 1);
        if (!(alpha > 0)) throw t.Refuse($"alpha must be positive, not {alpha}");
        if (alpha != 1) scales = [.. scales.Select(scale => scale * alpha)];
        IntegerWeights weights = Filters.Weights(t, rows, scales, channels, 2, t.Single("beta", 1));
        byte[] own = OwnFields.None();
        t.SetClamp(own);
        t.Add(FullyConnected.Code, [input], OnnxTranslation.InOrder(t.OutputShape().Length), own, op => op with { Weights = weights });
    }

    /// <summary>The rows that a fully connected layer reads: where they are an image that was flattened, the image as it lies, and for each
    /// of its elements which element of ONNX's row it is.</summary>
    private static (int Tensor, int[] Places) Rows(OnnxTranslation t, int depth)
    {
        if (t.MayFuse && t.Activations.BeforeFlattening(t.Name(0)) is { } before && t.Activations.OrderOf(before) is { } order
            && order[0] == 0)
        {
            int[] shape = t.Graph.Shapes[before];
            int[] moves = [.. order.Skip(1).Select(axis => axis - 1)];
            // Element i of a row as it lies is this element of the row as ONNX has it.
            var numbers = new FloatTensor(shape[1..], [.. Enumerable.Range(0, depth).Select(i => (float)i)]);
            int[] stored = [.. moves.Select(axis => shape[axis + 1])];
            int[] places = [.. numbers.Take(stored, StridedView.Of(shape[1..]).Transpose(moves)).Values.Select(place => (int)place)];
            return (t.Activations.Tensor(before, order)!.Value, places);
        }
        int tensor = t.Tensor();
        return (t.MayFuse ? Fusion.BeforeReshapes(t.Activations.Model, tensor) : tensor, [.. Enumerable.Range(0, depth)]);
    }

    /// <summary>A product of two activations; the runtime wants the second one as columns.</summary>
    private static void Multiply(OnnxTranslation t)
    {
        if (t.Has(2) || t.Single("alpha", 1) != 1) throw t.Refuse("a product of activations can't have a bias or a factor");
        if (t.IsConstant(0)) throw t.Refuse("the first operand must not be a constant");
        QuantizationParameters a = t.Quantization(0), b = t.Quantization(1), output = t.Result();
        FixedMultiplier multiplier = t.Multiplier((double)a.Scale * b.Scale / output.Scale);
        int rank = t.Rank(1);
        int[] order = OnnxTranslation.InOrder(rank);
        if (t.Integer("transB", 0) == 0) (order[^1], order[^2]) = (order[^2], order[^1]);
        bool repeats = FloatTensor.Count(t.Shape(1)[..^2]) == 1;
        byte[] own = OwnFields.Of(multiplier.Mantissa, multiplier.Shift, 0);
        OwnFields.SetInt16(own, BatchMatMul.ZeroPoint2At, b.ZeroPoint);
        OwnFields.SetInt16(own, BatchMatMul.Shared2At, repeats ? 1 : 0);
        if (t.Clamp != (double.NegativeInfinity, double.PositiveInfinity))
            throw t.Refuse("a clamp behind a product of activations must be quantized by itself");
        t.Add(BatchMatMul.Code, [t.Tensor(0), t.Tensor(1, order)], OnnxTranslation.InOrder(t.OutputShape().Length), own);
    }
}
