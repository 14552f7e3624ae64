using System;
using System.Buffers.Binary;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>Operators that put a border around a tensor.</summary>
internal static class Borders
{
    /// <summary>PAD: input, paddings (a pair for each dimension); the border is real zero.</summary>
    [Translates(TfliteOperator.Pad)]
    public static void Pad(Translation t) => Add(t, t.Output().Quantization.ZeroPoint);

    /// <summary>PADV2: input, paddings, the border's value, which is quantized as the input.</summary>
    [Translates(TfliteOperator.PadV2)]
    public static void PadV2(Translation t)
    {
        TfliteTensor value = t.Input(2);
        t.RequireSameQuantization(t.Input(0), value);
        ReadOnlySpan<byte> bytes = value.Data.Span;
        Add(t, (value.Type, bytes.Length) switch
        {
            (TfliteType.Int8, 1) => (sbyte)bytes[0],
            (TfliteType.UInt8, 1) => bytes[0],
            (TfliteType.Int16, 2) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            (TfliteType.Int32, 4) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            _ => throw t.Refuse($"{value} must be one constant integer"),
        });
    }

    /// <summary>MIRROR_PAD: input, paddings; option mode (0: the edge is not repeated, 1: it is).</summary>
    [Translates(TfliteOperator.MirrorPad)]
    public static void MirrorPad(Translation t)
    {
        (int Before, int After)[] paddings = Paddings(t);
        int[] shape = t.Input(0).Shape;
        int edge = t.Options.Int8(0) == 0 ? 1 : 0;
        var tables = new int[]?[shape.Length];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            (int before, int after) = paddings[axis];
            int size = shape[axis];
            if (before > size - edge || after > size - edge)
                throw t.Refuse($"a mirrored border of dimension {axis} must not be wider than the input");
            if (before + after > 0)
                tables[axis] = [.. Enumerable.Range(-before, before + size + after).Select(
                    i => i < 0 ? edge - 1 - i : i < size ? i : 2 * size - 1 - edge - i)];
        }
        Resizing.AddGather(t, tables);
    }

    private static void Add(Translation t, int value)
    {
        TfliteTensor input = t.Input(0), output = t.Output();
        (int Before, int After)[] paddings = Paddings(t);
        if (input.Type != output.Type) throw t.Refuse($"{output} must be of the input's type");
        t.RequireSameQuantization(input, output);
        var block = new SectionBuilder();
        for (int axis = 0; axis < TensorRecord.MaxRank; axis++) block.Int32(axis < paddings.Length ? paddings[axis].Before : 0);
        t.Add(EdgeCnn.Pad.Code, [input], output, OwnFields.Of(0, value, 0), op => op with { Params = block.ToArray() });
    }

    /// <summary>Places before and after each dimension; with them the input has the output's shape.</summary>
    private static (int Before, int After)[] Paddings(Translation t)
    {
        int[] numbers = t.Constants(1), input = t.Input(0).Shape, output = t.Output().Shape;
        if (numbers.Length != 2 * input.Length || output.Length != input.Length)
            throw t.Refuse("there must be a pair of paddings for each dimension");
        (int Before, int After)[] pairs = [.. Enumerable.Range(0, input.Length).Select(axis => (numbers[2 * axis], numbers[2 * axis + 1]))];
        for (int axis = 0; axis < input.Length; axis++)
        {
            (int before, int after) = pairs[axis];
            if (before < 0 || after < 0 || (long)input[axis] + before + after != output[axis])
                throw t.Refuse($"paddings {before} and {after} do not make dimension {axis} what it is in {t.Output()}");
        }
        return pairs;
    }
}
