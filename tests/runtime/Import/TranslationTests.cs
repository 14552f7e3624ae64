using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import;
using EdgeCnn.Trainer.Import.Tflite;
using Xunit;

namespace EdgeCnn.Tests.Import;

/// <summary>Operators and forms of operators that the golden data has no example of, held to others that it has.</summary>
public sealed class TranslationTests
{
    /// <summary>Window over three axes, one of which is trivial; which of TensorFlow Lite's numbers belongs to which axis shows.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    public void A_volume_with_one_place_along_an_axis_is_an_image(int flatAxis, int padding)
    {
        int[] size = [7, 6], kernel = [3, 2], stride = padding == 0 ? [2, 1] : [1, 2], dilation = padding == 0 ? [1, 2] : [2, 1];
        int[] places = padding == 0 ? [4, 6] : [3, 3];
        int[] Volume(int[] image, int flat) => [.. image.Take(flatAxis), flat, .. image.Skip(flatAxis)];
        int[] window = Volume(kernel, 1), step = Volume(stride, 1), spread = Volume(dilation, 1);
        byte[] weights = Answers.Numbers(3 * 2 * 2 * 4);

        var plane = new TfliteBytes();
        int x = plane.Tensor(TfliteType.Int8, [1, .. size, 2], 0.1f, 3), y = plane.Tensor(TfliteType.Int8, [1, .. places, 4], 0.3f, -9);
        byte[] byChannel = [.. Enumerable.Range(0, 4).SelectMany(c => weights.Where((_, i) => i % 4 == c))];
        int filter = plane.Tensor(TfliteType.Int8, [4, .. kernel, 2], 0.01f, data: byChannel);
        plane.Operator(
            TfliteOperator.Conv2D, [x, filter, plane.Int32s(100, -200, 300, 0)], [y],
            (byte)padding, stride[1], stride[0], (byte)1, dilation[1], dilation[0]);

        var volume = new TfliteBytes();
        int v = volume.Tensor(TfliteType.Int8, [1, .. Volume(size, 1), 2], 0.1f, 3);
        int z = volume.Tensor(TfliteType.Int8, [1, .. Volume(places, 1), 4], 0.3f, -9);
        int kernels = volume.Tensor(TfliteType.Int8, [.. window, 2, 4], 0.01f, data: weights);
        volume.Operator(
            TfliteOperator.Conv3D, [v, kernels, volume.Int32s(100, -200, 300, 0)], [z],
            (byte)padding, step[0], step[2], step[1], (byte)1, spread[0], spread[2], spread[1]);

        IntegerModel imported = TfliteImporter.Import(volume.File([v], [z]));
        Assert.Equal([Conv3D.Code], imported.Operators.Select(op => op.Code));
        Assert.Equal(Answers.Of(plane.File([x], [y])), Answers.Of(imported));
    }

    [Theory]
    [InlineData(TfliteType.Int8)]
    [InlineData(TfliteType.Int16)]
    public void What_is_joined_from_several_scales_is_rescaled_as_quantize_would(TfliteType type)
    {
        byte[] Joined(bool explicitly)
        {
            var file = new TfliteBytes();
            float unit = type == TfliteType.Int8 ? 0.1f : 0.001f;
            int zeroPoint = type == TfliteType.Int8 ? 7 : 0;
            int a = file.Tensor(type, [2, 3], unit, zeroPoint), b = file.Tensor(type, [2, 2], 1.7f * unit, -zeroPoint);
            int c = file.Tensor(type, [2, 1], 0.6f * unit), y = file.Tensor(type, [2, 6], unit, zeroPoint);
            int[] parts = [a, b, c];
            if (explicitly)
            {
                int b1 = file.Tensor(type, [2, 2], unit, zeroPoint), c1 = file.Tensor(type, [2, 1], unit, zeroPoint);
                file.Operator(TfliteOperator.Quantize, [b], [b1]);
                file.Operator(TfliteOperator.Quantize, [c], [c1]);
                parts = [a, b1, c1];
            }
            file.Operator(TfliteOperator.Concatenation, parts, [y], 1, (byte)0);
            return file.File([a, b, c], [y]);
        }
        Assert.Equal(Answers.Of(Joined(explicitly: true)), Answers.Of(Joined(explicitly: false)));
    }

    [Fact]
    public void Grouped_weights_of_four_bits_give_what_the_same_weights_give_as_bytes()
    {
        sbyte[] weights = [.. Answers.Numbers(4 * 3 * 3 * 2).Select(value => (sbyte)((value & 15) - 8))];
        byte[] halves = [.. weights.Chunk(2).Select(pair => (byte)((pair[0] & 15) | (pair[1] << 4)))];
        byte[] narrow = Grouped(TfliteType.Int8, TfliteType.Int4, halves);
        byte[] wide = Grouped(TfliteType.Int8, TfliteType.Int8, [.. weights.Select(value => (byte)value)]);

        Assert.Equal([GroupedConv2D.Code], TfliteImporter.Import(narrow).Operators.Select(op => op.Code));
        Assert.Equal(Answers.Of(wide), Answers.Of(narrow));
    }

    [Fact]
    public void Groups_of_int16_are_refused_with_the_reason()
    {
        byte[] file = Grouped(TfliteType.Int16, TfliteType.Int8, new byte[72]);
        Assert.Contains("groups is supported for int8 only", Assert.Throws<ImportException>(() => TfliteImporter.Import(file)).Message);
    }

    [Theory]
    [InlineData(new[] { 2, 1, 4, 5 }, new[] { 1, 3, 5, 6 }, false, false)]
    [InlineData(new[] { 2, 1, 5, 4 }, new[] { 2, 3, 6, 5 }, true, true)]
    [InlineData(new[] { 2, 3, 4, 5 }, new[] { 3, 5, 6 }, false, false)]
    [InlineData(new[] { 3, 4, 5 }, new[] { 2, 1, 6, 5 }, false, true)]
    [InlineData(new[] { 1, 4, 5 }, new[] { 2, 3, 5, 6 }, false, false)]
    public void Matrices_repeat_along_the_batches_that_they_have_once(int[] first, int[] second, bool columnsFirst, bool rowsSecond)
    {
        foreach ((TfliteType type, float sums) in new[] { (TfliteType.Int8, 700f), (TfliteType.Int16, 170_000f) })
        {
            int element = type == TfliteType.Int8 ? ElementType.Int8 : ElementType.Int16;
            foreach (bool isConstant in new[] { false, true })
            {
                var file = new TfliteBytes();
                int b = file.Tensor(type, second, 0.01f, data: isConstant ? Answers.Numbers(Elements(second) * ElementType.Bytes(element)) : null);
                int a = file.Tensor(type, first, 0.01f), y = file.Tensor(type, [2, 3, 4, 6], 0.0001f * sums);
                file.Operator(TfliteOperator.BatchMatMul, [a, b], [y], columnsFirst, rowsSecond);
                byte[] found = Answers.Of(file.File(isConstant ? [a] : [a, b], [y])), numbers = Answers.Numbers(2 * 240);

                for (int i = 0; i < 2 * 3 * 4 * 6; i++)
                {
                    int[] batch = [i / 72, i / 24 % 3];
                    double sum = Enumerable.Range(0, 5).Sum(k =>
                        (double)OperatorSample.Integer(numbers, element, Place(first, batch, i / 6 % 4, k, columnsFirst))
                        * OperatorSample.Integer(numbers, element, Place(second, batch, k, i % 6, rowsSecond)));
                    Assert.InRange(OperatorSample.Integer(found, element, i) - sum / sums, -1, 1);
                }
            }
        }
    }

    /// <summary>Where an element of a batch of matrices lies; of batch dimensions that there are only once, the one place is taken.</summary>
    private static int Place(int[] shape, int[] batch, int row, int column, bool isTransposed)
    {
        int place = 0;
        for (int axis = 0; axis < shape.Length - 2; axis++)
            place = place * shape[axis] + (shape[axis] == 1 ? 0 : batch[axis + batch.Length - (shape.Length - 2)]);
        (row, column) = isTransposed ? (column, row) : (row, column);
        return (place * shape[^2] + row) * shape[^1] + column;
    }

    private static int Elements(int[] shape) => shape.Aggregate(1, (product, size) => product * size);

    private static byte[] Grouped(TfliteType activations, TfliteType weights, byte[] data)
    {
        var file = new TfliteBytes();
        int x = file.Tensor(activations, [1, 5, 5, 4], 0.1f), y = file.Tensor(activations, [1, 5, 5, 4], 0.3f);
        int filter = file.Tensor(weights, [4, 3, 3, 2], 0.05f, data: data);
        file.Operator(TfliteOperator.Conv2D, [x, filter], [y], (byte)0, 1, 1, (byte)0, 1, 1);
        return file.File([x], [y]);
    }
}
