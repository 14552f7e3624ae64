using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>Products of matrices.</summary>
internal static class Products
{
    /// <summary>BATCH_MATMUL: two operands; options adjoint of the first, of the second. The runtime wants the first as rows (M×K) and the
    /// second as rows too (J×K), each for every batch or one for all: what lies otherwise is copied, a constant here and an activation by
    /// an operator of its own.</summary>
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
        if (a.Shape[columnsFirst ? ^1 : ^2] != output.Shape[^2] || b.Shape[rowsSecond ? ^2 : ^1] != output.Shape[^1]
            || a.Shape[columnsFirst ? ^2 : ^1] != b.Shape[rowsSecond ? ^1 : ^2])
            throw t.Refuse($"the operands do not make {output}");
        FixedMultiplier multiplier = t.Multiplier((double)a.Quantization.Scale * b.Quantization.Scale / output.Quantization.Scale);
        if (wide && multiplier.Shift > Requantize.MaxWideShift) throw t.Refuse("the output's scale is too fine");

        StridedView left = Rows(t, a, columnsFirst), right = Rows(t, b, !rowsSecond);
        byte[] own = OwnFields.Of(multiplier.Mantissa, multiplier.Shift, 0);
        OwnFields.SetInt16(own, EdgeCnn.BatchMatMul.ZeroPoint2At, b.Quantization.ZeroPoint);
        OwnFields.SetInt16(own, EdgeCnn.BatchMatMul.Shared2At, right.Axes.Count == 2 ? 1 : 0);
        if (!b.IsConstant)
        {
            t.Add(EdgeCnn.BatchMatMul.Code, [Activation(t, a, left), Activation(t, b, right)], output, own);
            return;
        }
        byte[] constant = right.Copy(b.Data.Span, wide ? 2 : 1);
        t.Add(EdgeCnn.BatchMatMul.Code, [Activation(t, a, left)], output, own, op => op with { Constant = constant });
    }

    /// <summary>An operand's elements as the runtime wants them: a matrix for each batch of the output, or one for all.</summary>
    /// <param name="t">The product.</param>
    /// <param name="operand">Batches of matrices; it repeats along batch dimensions that it has once and the output more often.</param>
    /// <param name="swap">Whether columns come before rows.</param>
    private static StridedView Rows(Translation t, TfliteTensor operand, bool swap)
    {
        StridedView all = StridedView.Of(operand.Shape);
        (int Count, int Stride)[] matrix = [.. all.Axes.TakeLast(2)], batches = [.. all.Axes.SkipLast(2)];
        if (swap) matrix = [matrix[1], matrix[0]];
        if (batches.All(batch => batch.Count == 1)) return all with { Axes = matrix };
        int[] counts = t.Output().Shape[..^2];
        if (batches.Length > counts.Length) throw t.Refuse($"{operand} does not spread over {t.Output()}");
        batches = [.. Enumerable.Repeat((1, 0), counts.Length - batches.Length), .. batches];
        if (batches.Where((batch, axis) => batch.Count != 1 && batch.Count != counts[axis]).Any())
            throw t.Refuse($"{operand} does not spread over {t.Output()}");
        (int Count, int Stride)[] spread = [.. batches.Select((batch, axis) => batch.Count == 1 ? (counts[axis], 0) : batch), .. matrix];
        return spread.Aggregate(1L, (product, axis) => product * axis.Count) <= ImportLimits.TensorElements
            ? all with { Axes = spread }
            : throw t.Refuse($"{operand} spreads over more than {ImportLimits.TensorElements} elements");
    }

    /// <summary>An operand that is not a constant: as it is, or if its elements lie otherwise, copied by an operator of its own.</summary>
    private static int Activation(Translation t, TfliteTensor operand, StridedView view)
    {
        if (view.Elements == operand.Elements && view.IsContiguous) return t.Activation(operand);
        var copy = new IntegerTensor([.. view.Axes.Select(axis => axis.Count)], operand.Quantization, t.ElementTypeOf(operand));
        byte[] parameters = view.ToParams();
        return t.AddUnnamed(StridedCopy.Code, operand, copy, OwnFields.None(), op => op with { Params = parameters });
    }
}
