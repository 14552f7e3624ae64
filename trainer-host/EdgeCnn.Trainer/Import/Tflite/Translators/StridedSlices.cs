using System;
using System.Linq;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Trainer.Import.Tflite.Translators;

/// <summary>STRIDED_SLICE, with the masks of NumPy-like indexing resolved.</summary>
internal static class StridedSlices
{
    /// <summary>
    /// Inputs: input, begin, end, strides. Options: begin mask, end mask, ellipsis mask, new axis mask, shrink axis mask, offset. Bit i of
    /// a
    /// mask belongs to number i of begin.
    /// </summary>
    [Translates(TfliteOperator.StridedSlice)]
    public static void StridedSlice(Translation t)
    {
        int[] shape = t.Input(0).Shape, begin = t.Constants(1), end = t.Constants(2), strides = t.Constants(3);
        if (begin.Length != end.Length || begin.Length != strides.Length)
            throw t.Refuse("begin, end and strides must be of the same length");
        bool Has(int mask, int i) => (t.Options.Int32(mask) & (1 << i)) != 0;
        const int beginMask = 0, endMask = 1, ellipsisMask = 2, newAxisMask = 3, shrinkMask = 4, offset = 5;

        int given = 0;
        for (int i = 0; i < begin.Length; i++) given += Has(ellipsisMask, i) || Has(newAxisMask, i) ? 0 : 1;
        if (given > shape.Length || Enumerable.Range(0, begin.Length).Count(i => Has(ellipsisMask, i)) > 1)
            throw t.Refuse($"{given} places are given for {shape.Length} dimensions");
        StridedView view = StridedView.Of(shape);
        int axis = 0;
        for (int i = 0; i < begin.Length; i++)
        {
            if (Has(ellipsisMask, i)) axis += shape.Length - given;
            else if (!Has(newAxisMask, i))
            {
                if (axis >= shape.Length) throw t.Refuse($"{given} places are given for {shape.Length} dimensions");
                int size = shape[axis], step = strides[i];
                if (step == 0) throw t.Refuse("a stride of 0 is impossible");
                // A reversed slice begins at the last place and ends before the first.
                int lowest = step > 0 ? 0 : -1, highest = step > 0 ? size : size - 1;
                int Place(int place) => Math.Clamp(place < 0 ? place + size : place, lowest, highest);
                int start = Has(beginMask, i) ? (step > 0 ? lowest : highest) : Place(begin[i]);
                int stop = Has(endMask, i) ? (step > 0 ? highest : lowest)
                    : t.Options.Bool(offset) ? Math.Clamp(start + end[i], lowest, highest) : Place(end[i]);
                long count = Has(shrinkMask, i) ? 1 : ((long)stop - start + step - Math.Sign(step)) / step;
                if (count < 1 || start < 0 || start >= size) throw t.Refuse($"nothing is left of dimension {axis}");
                view = view.Slice(axis++, start, (int)count, Has(shrinkMask, i) ? 1 : step);
            }
        }
        Views.Copy(t, t.Input(0), t.Output(), view);
    }
}
