using System;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>Operators that take elements of a tensor in another order, or some of them: each output is a strided copy.</summary>
internal static class Views
{
    /// <summary>SLICE: input, begin, size (−1: to the end).</summary>
    [Translates(TfliteOperator.Slice)]
    public static void Slice(Translation t)
    {
        int[] shape = t.Input(0).Shape, begin = t.Constants(1), size = t.Constants(2);
        if (begin.Length != shape.Length || size.Length != shape.Length)
            throw t.Refuse("begin and size must have a number for each dimension");
        StridedView view = StridedView.Of(shape);
        for (int axis = 0; axis < shape.Length; axis++)
        {
            int count = size[axis] == -1 ? shape[axis] - begin[axis] : size[axis];
            if (begin[axis] < 0 || count < 1 || begin[axis] > shape[axis] - count)
                throw t.Refuse($"places {begin[axis]} to {begin[axis] + (long)count - 1} of dimension {axis} are not all there");
            view = view.Slice(axis, begin[axis], count);
        }
        Copy(t, t.Input(0), t.Output(), view);
    }

    /// <summary>SPLIT: axis, input; equal parts.</summary>
    [Translates(TfliteOperator.Split)]
    public static void Split(Translation t)
    {
        int axis = Axis(t, t.Constants(0)[0], t.Input(1).Shape.Length);
        Parts(t, t.Input(1), axis, [.. Enumerable.Range(0, t.OutputCount).Select(_ => t.Input(1).Shape[axis] / t.OutputCount)]);
    }

    /// <summary>SPLIT_V: input, sizes (one may be −1: the rest), axis.</summary>
    [Translates(TfliteOperator.SplitV)]
    public static void SplitV(Translation t)
    {
        int axis = Axis(t, t.Constants(2)[0], t.Input(0).Shape.Length);
        int[] sizes = t.Constants(1);
        long rest = t.Input(0).Shape[axis] - sizes.Where(size => size != -1).Sum(size => (long)size);
        Parts(t, t.Input(0), axis, [.. sizes.Select(size => size == -1 ? (int)Math.Clamp(rest, -1, int.MaxValue) : size)]);
    }

    /// <summary>UNPACK: options number, axis; parts of size 1, without the axis.</summary>
    [Translates(TfliteOperator.Unpack)]
    public static void Unpack(Translation t)
    {
        int axis = Axis(t, t.Options.Int32(1), t.Input(0).Shape.Length);
        Parts(t, t.Input(0), axis, [.. Enumerable.Repeat(1, t.Input(0).Shape[axis])]);
    }

    /// <summary>TRANSPOSE: input, order of its axes.</summary>
    [Translates(TfliteOperator.Transpose)]
    public static void Transpose(Translation t)
    {
        int[] order = t.Constants(1);
        int rank = t.Input(0).Shape.Length;
        if (!order.Order().SequenceEqual(Enumerable.Range(0, rank)))
            throw t.Refuse($"[{string.Join(", ", order)}] is not an order of {rank} axes");
        Copy(t, t.Input(0), t.Output(), StridedView.Of(t.Input(0).Shape).Transpose(order));
    }

    /// <summary>DEPTH_TO_SPACE: option block size b; N×H×W×(b·b·C) becomes N×(H·b)×(W·b)×C.</summary>
    [Translates(TfliteOperator.DepthToSpace)]
    public static void DepthToSpace(Translation t)
    {
        int[] shape = Image(t);
        int block = t.Options.Int32(0);
        if (block < 1 || shape[3] % ((long)block * block) != 0)
            throw t.Refuse($"{shape[3]} channels can't be dealt out to blocks of {block}×{block}");
        StridedView view = StridedView.Of(shape).Split(3, shape[3] / block).Split(4, shape[3] / block / block);
        Copy(t, t.Input(0), t.Output(), view.Transpose(0, 1, 3, 2, 4, 5));
    }

    /// <summary>SPACE_TO_DEPTH: option block size b; N×(H·b)×(W·b)×C becomes N×H×W×(b·b·C).</summary>
    [Translates(TfliteOperator.SpaceToDepth)]
    public static void SpaceToDepth(Translation t)
    {
        int[] shape = Image(t);
        int block = t.Options.Int32(0);
        if (block < 1 || shape[1] % block != 0 || shape[2] % block != 0)
            throw t.Refuse($"the image does not divide into blocks of {block}×{block}");
        Copy(t, t.Input(0), t.Output(), StridedView.Of(shape).Split(2, block).Split(1, block).Transpose(0, 1, 3, 2, 4, 5));
    }

    /// <summary>Adds the copy of a view; a whole tensor in its own order is only a reshape.</summary>
    public static void Copy(Translation t, TfliteTensor input, TfliteTensor output, StridedView view)
    {
        if (input.Type != output.Type) throw t.Refuse($"{output} must be of the input's type");
        t.RequireSameQuantization(input, output);
        if (view.Elements != output.Elements)
            throw t.Refuse($"{output} has another number of elements than the {view.Elements} that are copied");
        if (view.Elements == input.Elements && view.IsContiguous) t.Add(EdgeCnn.Reshape.Code, [input], output, OwnFields.None());
        else t.Add(StridedCopy.Code, [input], output, OwnFields.None(), op => op with { Params = view.ToParams() });
    }

    /// <summary>An axis that may be counted from the end.</summary>
    public static int Axis(Translation t, int axis, int rank) =>
        axis >= -rank && axis < rank ? (axis + rank) % rank : throw t.Refuse($"there is no axis {axis} among {rank}");

    private static void Parts(Translation t, TfliteTensor input, int axis, int[] sizes)
    {
        if (sizes.Any(size => size < 1) || sizes.Length != t.OutputCount || sizes.Sum(size => (long)size) != input.Shape[axis])
            throw t.Refuse($"parts of [{string.Join(", ", sizes)}] for {t.OutputCount} outputs do not make up dimension {axis}");
        int start = 0;
        for (int i = 0; i < sizes.Length; start += sizes[i++])
            Copy(t, input, t.Output(i), StridedView.Of(input.Shape).Slice(axis, start, sizes[i]));
    }

    private static int[] Image(Translation t) =>
        t.Input(0).Shape.Length == 4 ? t.Input(0).Shape : throw t.Refuse("the input must have four dimensions");
}
