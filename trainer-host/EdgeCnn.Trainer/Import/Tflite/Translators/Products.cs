using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>Products of matrices.</summary>
internal static class Products
{
    /// <summary>BATCH_MATMUL: two operands; options adjoint of the first, of the second. The runtime wants the first as rows (M×K) and the
    /// second as rows too (J×K): what lies otherwise is transposed, a constant here and an activation by an operator of its own.</summary>
    [Translates(TfliteOperator.BatchMatMul)]
    public static void BatchMatMul(Translation t)
    {
        TfliteTensor a = t.Input(0), b = t.Input(1), output = t.Output();
        bool wide = output.Type == TfliteType.Int16;
        if (output.Type is not (TfliteType.Int8 or TfliteType.Int16) || a.Type != output.Type || b.Type != output.Type)
            throw t.Refuse("operands and output must all be int8 or all int16");
        if (a.Shape.Length < 2 || b.Shape.Length < 2 || output.Shape.Length < 2) throw t.Refuse("operands must be matrices");
        if (a.IsConstant) throw t.Refuse("the first operand must not be a constant");
        if (wide && (a.Quantization.ZeroPoint | b.Quantization.ZeroPoint | output.Quantization.ZeroPoint) != 0)
            throw t.Refuse("int16 must have zero point 0");
        bool columnsFirst = t.Options.Bool(0), rowsSecond = t.Options.Bool(1);
        int rows = output.Shape[^2], columns = output.Shape[^1], depth = a.Shape[columnsFirst ? ^2 : ^1];
        int batches = output.Elements / (rows * columns);
        if (a.Shape[columnsFirst ? ^1 : ^2] != rows || b.Shape[rowsSecond ? ^2 : ^1] != columns || b.Shape[rowsSecond ? ^1 : ^2] != depth)
            throw t.Refuse($"the operands do not make {output}");
        // One batch for all, or one each: what lies between (repeating along some of several batch dimensions) has not been met.
        if (a.Elements / (rows * depth) is var first && first != 1 && first != batches)
            throw t.Refuse($"{a} repeats along some batches only");
        if (b.Elements / (columns * depth) is var second && second != 1 && second != batches)
            throw t.Refuse($"{b} repeats along some batches only");

        FixedMultiplier multiplier = t.Multiplier((double)a.Quantization.Scale * b.Quantization.Scale / output.Quantization.Scale);
        if (wide && multiplier.Shift > Requantize.MaxWideShift) throw t.Refuse("the output's scale is too fine");
        byte[] own = OwnFields.Of(multiplier.Mantissa, multiplier.Shift, 0);
        OwnFields.SetInt16(own, EdgeCnn.BatchMatMul.ZeroPoint2At, b.Quantization.ZeroPoint);
        OwnFields.SetInt16(own, EdgeCnn.BatchMatMul.Shared2At, second == 1 ? 1 : 0);
        int left = columnsFirst ? t.AddTransposed(a) : t.Activation(a);
        if (!b.IsConstant)
        {
            t.Add(EdgeCnn.BatchMatMul.Code, [left, rowsSecond ? t.Activation(b) : t.AddTransposed(b)], output, own);
            return;
        }
        int size = wide ? 2 : 1, matrix = columns * depth * size;
        if (b.Data.Length != b.Elements * size) throw t.Refuse($"{b} has {b.Data.Length} bytes of data");
        byte[] constant = b.Data.ToArray();
        if (!rowsSecond)
            constant = [.. Enumerable.Range(0, b.Elements).SelectMany(i =>
            {
                int at = i * size / matrix * matrix, column = i % (columns * depth) / depth, k = i % depth;
                return b.Data.Slice(at + (k * columns + column) * size, size).ToArray();
            })];
        t.Add(EdgeCnn.BatchMatMul.Code, [left], output, own, op => op with { Constant = constant });
    }
}
