using System;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Onnx.Operators;

/// <summary>
/// Resize and Upsample: nearest (any axes, any of ONNX's ways to find the place) and linear (rows and columns of N×C×H×W, where the
/// runtime's steps of 1/1024 are the same places).
/// </summary>
[Imports("Resize", "Upsample")]
internal sealed class Resize : OnnxOperator
{
    public override bool KeepsQuantization(OnnxCall call) => true;

    public override int[][] Shapes(OnnxCall call) => [[.. Sizes(call).Select(size => size.Places)]];

    public override FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs)
    {
        (int Places, double Scale)[] sizes = Sizes(call);
        FloatTensor result = inputs[0];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            int[] from = result.Shape, to = [.. from];
            if (from[axis] == sizes[axis].Places) continue;
            to[axis] = sizes[axis].Places;
            int inner = FloatTensor.Count(from[(axis + 1)..]);
            double[] places = [.. Enumerable.Range(0, to[axis]).Select(i => Place(call, i, from[axis], sizes[axis]))];
            int[] nearest = IsLinear(call) ? [] : [.. places.Select(place => Nearest(call, place, from[axis]))];
            var y = new float[FloatTensor.Count(to)];
            for (int at = 0; at < y.Length; at++)
            {
                int i = at / inner % to[axis], start = at / inner / to[axis] * from[axis], rest = at % inner;
                float X(int place) => result.Values[(start + Math.Clamp(place, 0, from[axis] - 1)) * inner + rest];
                if (!IsLinear(call)) y[at] = X(nearest[i]);
                else
                {
                    double place = Math.Clamp(places[i], 0, from[axis] - 1);
                    int low = (int)Math.Floor(place);
                    y[at] = (float)(X(low) + (place - low) * (X(low + 1) - X(low)));
                }
            }
            result = new FloatTensor(to, y);
        }
        return [result];
    }

    public override void Translate(OnnxTranslation t)
    {
        (int Places, double Scale)[] sizes = Sizes(t);
        int[] shape = t.Shape();
        if (IsLinear(t)) Interpolate(t, sizes);
        else
        {
            int[] order = t.Order();
            AddGather(t, order, [.. order.Select(axis => sizes[axis].Places == shape[axis] && sizes[axis].Scale == 1
                ? null
                : Enumerable.Range(0, sizes[axis].Places)
                    .Select(i => Nearest(t, Place(t, i, shape[axis], sizes[axis]), shape[axis])).ToArray())]);
        }
    }

    /// <summary>Adds the operator that takes, along each stored axis with a table, the places in it.</summary>
    public static void AddGather(OnnxTranslation t, int[] order, int[]?[] tables)
    {
        int axes = 0, tensor = t.Tensor(0, order);
        for (int axis = 0; axis < tables.Length; axis++)
            if (tables[axis] is not null) axes |= 1 << axis;
        int[] places = [.. tables.SelectMany(table => table ?? [])];
        if (places.Any(place => place > ushort.MaxValue)) throw t.Refuse($"places beyond {ushort.MaxValue} are not supported");
        if (axes == 0) t.Store(t.Requantized(tensor, t.Result()), order);
        else
            t.Add(
                AxisGather.Code, [tensor], order, OwnFields.Of(0, axes, 0), op => op with { Params = SectionBuilder.UInt16s(places) },
                natural: t.Quantization());
    }

    private static void Interpolate(OnnxTranslation t, (int Places, double Scale)[] sizes)
    {
        int[] shape = t.Shape();
        if (shape.Length != 4 || sizes[0].Places != shape[0] || sizes[1].Places != shape[1])
            throw t.Refuse("linear resizing is supported for rows and columns of N×C×H×W only");
        bool half = Mode(t) is "half_pixel" or "pytorch_half_pixel";
        int[] steps = [.. Enumerable.Range(2, 2).Select(axis =>
        {
            (int places, double scale) = sizes[axis];
            (int from, int to) = Mode(t) == "align_corners" && places > 1 ? (shape[axis] - 1, places - 1) : (shape[axis], places);
            long step = (1024L * from + to / 2) / to, last = step * (places - 1) + (half ? step / 2 - 512 : 0);
            if (Math.Abs(scale * shape[axis] - places) > 1e-3 || last >= 1024L * shape[axis] || last > int.MaxValue - 1024
                || (Mode(t) == "pytorch_half_pixel" && places == 1))
                throw t.Refuse($"{shape[axis]} places can't be resized to {places} in steps of 1/1024");
            return (int)step;
        })];
        int[] order = OnnxTranslation.ChannelsLast(4);
        t.Add(ResizeBilinear.Code, [t.Tensor(0, order)], order, OwnFields.Of(steps[0], steps[1], half ? 1 : 0), natural: t.Quantization());
    }

    private static bool IsLinear(OnnxCall call) => call.Text("mode", "nearest") switch
    {
        "nearest" => false,
        "linear" or "bilinear" => true,
        var mode => throw call.Refuse($"mode '{mode}' is not supported; only nearest and linear"),
    };

    /// <summary>Before version 11, places are found without any shift.</summary>
    private static string Mode(OnnxCall call) =>
        call.Kind == "Upsample" || call.Opset < 11 ? "asymmetric" : call.Text("coordinate_transformation_mode", "half_pixel");

    /// <summary>The place of the input that a place of the output is at.</summary>
    private static double Place(OnnxCall call, int i, int size, (int Places, double Scale) to) => Mode(call) switch
    {
        "half_pixel" => (i + 0.5) / to.Scale - 0.5,
        "pytorch_half_pixel" => to.Places > 1 ? (i + 0.5) / to.Scale - 0.5 : 0,
        "asymmetric" => i / to.Scale,
        "align_corners" => to.Places > 1 ? i * (size - 1.0) / (to.Places - 1) : 0,
        var mode => throw call.Refuse($"coordinate_transformation_mode '{mode}' is not supported"),
    };

    private static int Nearest(OnnxCall call, double place, int size)
    {
        string mode = call.Kind == "Upsample" || call.Opset < 11 ? "floor" : call.Text("nearest_mode", "round_prefer_floor");
        return Math.Clamp((int)(mode switch
        {
            "round_prefer_floor" => Math.Ceiling(place - 0.5),
            "round_prefer_ceil" => Math.Floor(place + 0.5),
            "floor" => Math.Floor(place),
            "ceil" => Math.Ceiling(place),
            _ => throw call.Refuse($"nearest_mode '{mode}' is not supported"),
        }), 0, size - 1);
    }

    /// <summary>Places of the output along each axis, and how many there are per place of the input.</summary>
    private static (int Places, double Scale)[] Sizes(OnnxCall call)
    {
        int[] shape = call.Shape();
        if (call.Integer("antialias", 0) != 0 || call.Text("keep_aspect_ratio_policy", "stretch") != "stretch"
            || call.Node.Attributes.ContainsKey("axes"))
            throw call.Refuse("antialias, axes and keep_aspect_ratio_policy are not supported");
        bool hasRegion = call.Kind == "Resize" && call.Opset >= 11;
        int scalesInput = hasRegion ? 2 : 1;
        if (call.Has(3))
        {
            int[] sizes = call.Integers(3);
            if (sizes.Length == shape.Length) return [.. sizes.Select((size, axis) => (size, (double)size / shape[axis]))];
        }
        float[] scales = call.Has(scalesInput) ? call.Real(scalesInput).Values
            : call.Node.Attributes.TryGetValue("scales", out OnnxAttribute? set) ? set.Singles
            : [];
        if (scales.Length != shape.Length) throw call.Refuse("there must be a scale or a size for each dimension, as a constant");
        if (scales.Any(scale => !(scale > 0 && scale <= ImportLimits.TensorElements))) throw call.Refuse("a scale is impossible");
        return [.. scales.Select((scale, axis) =>
            ((int)Math.Min(Math.Floor((double)shape[axis] * scale), ImportLimits.TensorElements + 1.0), (double)scale))];
    }
}
