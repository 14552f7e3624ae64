using System;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>Operators that resize images.</summary>
internal static class Resizing
{
    /// <summary>RESIZE_NEAREST_NEIGHBOR: options align corners, half pixel centers. Places are found in single precision, as the reference
    /// finds them, and become tables.</summary>
    [Translates(TfliteOperator.ResizeNearestNeighbor, ShapeInputs = [1])]
    public static void Nearest(Translation t)
    {
        (int[] input, int[] output) = Images(t);
        bool align = t.Options.Bool(0), half = t.Options.Bool(1);
        AddGather(t, [null, Places(input[1], output[1], align, half), Places(input[2], output[2], align, half), null]);
    }

    /// <summary>RESIZE_BILINEAR: options (two that are not used any more), align corners, half pixel centers.</summary>
    [Translates(TfliteOperator.ResizeBilinear, ShapeInputs = [1])]
    public static void Bilinear(Translation t)
    {
        (int[] input, int[] output) = Images(t);
        if ((t.Input(0).Type, t.Output().Type) != (TfliteType.Int8, TfliteType.Int8)) throw t.Refuse("only int8 is supported");
        t.RequireSameQuantization(t.Input(0), t.Output());
        bool align = t.Options.Bool(2), half = t.Options.Bool(3);
        int scaleY = Scale(t, input[1], output[1], align, half), scaleX = Scale(t, input[2], output[2], align, half);
        t.Add(EdgeCnn.ResizeBilinear.Code, [t.Input(0)], t.Output(), OwnFields.Of(scaleY, scaleX, half ? 1 : 0));
    }

    /// <summary>Adds the operator that takes, along each axis with a table, the places in it.</summary>
    public static void AddGather(Translation t, int[]?[] tables)
    {
        TfliteTensor input = t.Input(0), output = t.Output();
        if (input.Type != output.Type) throw t.Refuse($"{output} must be of the input's type");
        t.RequireSameQuantization(input, output);
        int axes = 0;
        int[] places = [.. tables.SelectMany(table => table ?? [])];
        if (places.Any(place => place > ushort.MaxValue)) throw t.Refuse($"tables can hold places up to {ushort.MaxValue} only");
        for (int axis = 0; axis < tables.Length; axis++)
        {
            if (tables[axis] is not null) axes |= 1 << axis;
        }
        if (axes == 0) t.Add(EdgeCnn.Reshape.Code, [input], output, OwnFields.None());
        else t.Add(AxisGather.Code, [input], output, OwnFields.Of(0, axes, 0), op => op with { Params = SectionBuilder.UInt16s(places) });
    }

    private static (int[] Input, int[] Output) Images(Translation t)
    {
        int[] input = t.Input(0).Shape, output = t.Output().Shape;
        if (input.Length != 4 || output.Length != 4 || input[0] != output[0] || input[3] != output[3])
            throw t.Refuse("input and output must be images (N, H, W, C) of the same N and C");
        return (input, output);
    }

    private static int[] Places(int size, int places, bool align, bool half)
    {
        float scale = align && places > 1 ? (size - 1) / (float)(places - 1) : size / (float)places;
        float shift = half ? 0.5f : 0;
        return [.. Enumerable.Range(0, places).Select(i =>
        {
            float place = (i + shift) * scale;
            int nearest = (int)(align ? MathF.Round(place, MidpointRounding.AwayFromZero) : MathF.Floor(place));
            return Math.Clamp(nearest, 0, size - 1);
        })];
    }

    /// <summary>Places of the input per place of the output, in steps of 1/1024, rounded half up.</summary>
    private static int Scale(Translation t, int size, int places, bool align, bool half)
    {
        (int from, int to) = align && places > 1 ? (size - 1, places - 1) : (size, places);
        long scale = (1024L * from + to / 2) / to, last = scale * (places - 1) + (half ? scale / 2 - 512 : 0);
        // The reference would read outside the image here: the rounded scale, many times over, leads beyond its edge.
        if (last >= 1024L * size || last > int.MaxValue - 1024)
            throw t.Refuse($"{size} places can't be resized to {places} in steps of 1/1024");
        return (int)scale;
    }
}
