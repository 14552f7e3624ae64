using System;
using EdgeCnn.Trainer.Export;

namespace EdgeCnn.Tests.Models;

/// <summary>Operators that interpolate between pixels.</summary>
internal static class ResizeSamples
{
    /// <summary>Interpolation at the very places of the integers, in steps of 1/1024: only the final rounding is left.</summary>
    [Sample]
    internal static OperatorSample ResizeBilinear(SampleRandom random)
    {
        int height = 1 + random.Below(5), width = 1 + random.Below(5), channels = 1 + random.Below(3), batch = 1 + random.Below(2);
        int rows = 1 + random.Below(8), columns = 1 + random.Below(8), half = random.Below(2);
        int scaleY = 1024 * height / rows, scaleX = 1024 * width / columns;
        IntegerTensor x = random.Tensor([batch, height, width, channels], ElementType.Int8, 0.01f);
        IntegerTensor y = x with { Shape = [batch, rows, columns, channels] };
        IntegerModel model = OperatorSample.Of(EdgeCnn.ResizeBilinear.Code, [x], y, OwnFields.Of(scaleY, scaleX, half));
        return new OperatorSample(model, Definition, Bound: 0.5 + 1e-6);

        double[] Definition(double[][] inputs)
        {
            double[] result = new double[y.Elements];
            for (int i = 0; i < result.Length; i++)
            {
                int c = i % channels, column = i / channels % columns, row = i / channels / columns % rows;
                int n = i / channels / columns / rows;
                double placeY = Place(row, scaleY, height), placeX = Place(column, scaleX, width);
                double Line(int line) => Mix(x => inputs[0][((n * height + line) * width + x) * channels + c], placeX, width);
                result[i] = Mix(Line, placeY, height);
            }
            return result;
        }

        double Place(int index, int scale, int size) =>
            Math.Clamp((index * scale + half * (scale / 2 - 512)) / 1024.0, 0, size - 1);

        static double Mix(Func<int, double> value, double place, int size)
        {
            int low = (int)Math.Floor(place), high = Math.Min(low + 1, size - 1);
            return value(low) + (place - low) * (value(high) - value(low));
        }
    }
}
