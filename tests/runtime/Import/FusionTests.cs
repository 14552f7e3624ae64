using System;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import;
using EdgeCnn.Trainer.Import.Tflite;
using Xunit;

namespace EdgeCnn.Tests.Import;

/// <summary>What an import drops or fuses, and that it changes no result.</summary>
public sealed class FusionTests
{
    [Theory]
    [InlineData(1, 2, 3, true)]
    [InlineData(0, 0, 2, true)]
    [InlineData(3, 0, 3, false)]
    public void A_border_of_zeros_before_a_convolution_becomes_its_padding(int top, int left, int kernel, bool fused)
    {
        byte[] tflite = PaddedConvolution(top, left, kernel);
        IntegerModel plain = TfliteImporter.Import(tflite, fuse: false), fusedModel = TfliteImporter.Import(tflite);

        Assert.Equal([Pad.Code, Conv2D.Code], plain.Operators.Select(op => op.Code));
        Assert.Equal(fused ? [Conv2D.Code] : [Pad.Code, Conv2D.Code], fusedModel.Operators.Select(op => op.Code));
        Assert.Equal(Answers.Of(plain), Answers.Of(fusedModel));
    }

    [Fact]
    public void A_reshape_before_a_fully_connected_layer_is_dropped_with_the_arithmetic_of_its_shape()
    {
        IntegerModel plain = TfliteImporter.Import(Flattened(), fuse: false), fused = TfliteImporter.Import(Flattened());

        Assert.Equal([Reshape.Code, FullyConnected.Code], plain.Operators.Select(op => op.Code));
        Assert.Equal([FullyConnected.Code], fused.Operators.Select(op => op.Code));
        Assert.Equal(Answers.Of(plain), Answers.Of(fused));
    }

    [Fact]
    public void A_shape_that_is_known_only_at_run_time_is_refused_with_the_tensor_and_what_to_do()
    {
        var file = new TfliteBytes();
        int x = file.Tensor(TfliteType.Int8, [0, 4], 0.1f, signature: [-1, 4]);
        int y = file.Tensor(TfliteType.Int8, [0, 4], 0.1f, signature: [-1, 4]);
        file.Operator(TfliteOperator.Reshape, [x], [y]);

        ImportException refused = Assert.Throws<ImportException>(() => TfliteImporter.Import(file.File([x], [y])));
        Assert.Contains(refused.Reasons, reason => reason.Contains("convert the model with fixed shapes"));
    }

    [Theory]
    [InlineData(TfliteOperator.Relu)]
    [InlineData(TfliteOperator.Relu6)]
    [InlineData(TfliteOperator.ReluN1To1)]
    public void A_clamp_behind_a_convolution_or_a_sum_becomes_the_clamp_of_that(TfliteOperator function)
    {
        foreach (TfliteOperator before in new[] { TfliteOperator.Conv2D, TfliteOperator.Add })
        {
            byte[] tflite = Clamped(before, function, outputScale: 0.05f);
            IntegerModel plain = TfliteImporter.Import(tflite, fuse: false), fused = TfliteImporter.Import(tflite);

            Assert.Equal(2, plain.Operators.Count);
            Assert.Equal([plain.Operators[0].Code], fused.Operators.Select(op => op.Code));
            Assert.Equal(plain.Tensors[^1], fused.Tensors[^1] with { Shape = plain.Tensors[^1].Shape });
            Assert.Equal(Answers.Of(plain), Answers.Of(fused));
            Assert.NotEqual(Answers.Of(fused), Answers.Of(Clamped(before, function, outputScale: 0.05f, isOutput: true)));
        }
    }

    [Theory]
    [InlineData(0.06f, false, false)]
    [InlineData(0.05f, true, false)]
    [InlineData(0.05f, false, true)]
    public void A_clamp_stays_where_the_scale_changes_or_somebody_needs_what_comes_before_it(float outputScale, bool isOutput, bool isReadTwice)
    {
        byte[] tflite = Clamped(TfliteOperator.Add, TfliteOperator.Relu, outputScale, isOutput, isReadTwice);
        IntegerModel plain = TfliteImporter.Import(tflite, fuse: false), fused = TfliteImporter.Import(tflite);

        Assert.Equal(plain.Operators.Select(op => op.Code), fused.Operators.Select(op => op.Code));
        Assert.Equal(Answers.Of(plain), Answers.Of(fused));
    }

    /// <summary>CONV_2D or ADD in steps of 0.05, then a clamp; what lies between may be an output, or be added to what comes out.</summary>
    private static byte[] Clamped(
        TfliteOperator before, TfliteOperator clamp, float outputScale, bool isOutput = false, bool isReadTwice = false)
    {
        var file = new TfliteBytes();
        int x = file.Tensor(TfliteType.Int8, [1, 4, 4, 3], 0.05f, -9), sum = file.Tensor(TfliteType.Int8, [1, 4, 4, 3], 0.05f, -20);
        int y = file.Tensor(TfliteType.Int8, [1, 4, 4, 3], outputScale, -20), twice = file.Tensor(TfliteType.Int8, [1, 4, 4, 3], 0.1f);
        int weights = file.Tensor(TfliteType.Int8, [3, 1, 1, 3], 0.01f, data: Answers.Numbers(9));
        if (before == TfliteOperator.Add) file.Operator(before, [x, x], [sum], (byte)0);
        else file.Operator(before, [x, weights], [sum], (byte)1, 1, 1, (byte)0, 1, 1);
        file.Operator(clamp, [sum], [y]);
        if (isReadTwice) file.Operator(TfliteOperator.Add, [sum, y], [twice], (byte)0);
        return file.File([x], isOutput ? [sum, y] : isReadTwice ? [twice] : [y]);
    }

    /// <summary>PAD, then CONV_2D without padding, on a 1×5×6×2 image.</summary>
    private static byte[] PaddedConvolution(int top, int left, int kernel)
    {
        var file = new TfliteBytes();
        int height = 5 + top + 1, width = 6 + left + 1, rows = height - kernel + 1, columns = width - kernel + 1;
        int x = file.Tensor(TfliteType.Int8, [1, 5, 6, 2], 0.1f, -7);
        int padded = file.Tensor(TfliteType.Int8, [1, height, width, 2], 0.1f, -7);
        int weights = file.Tensor(TfliteType.Int8, [3, kernel, kernel, 2], 0.02f, data: Answers.Numbers(3 * kernel * kernel * 2));
        int y = file.Tensor(TfliteType.Int8, [1, rows, columns, 3], 0.2f, 5);
        file.Operator(TfliteOperator.Pad, [x, file.Int32s(0, 0, top, 1, left, 1, 0, 0)], [padded]);
        file.Operator(TfliteOperator.Conv2D, [padded, weights], [y], (byte)1, 1, 1, (byte)0, 1, 1);
        return file.File([x], [y]);
    }

    /// <summary>SHAPE, STRIDED_SLICE and PACK make the shape for a RESHAPE before FULLY_CONNECTED, as Keras writes a Flatten
    /// layer.</summary>
    private static byte[] Flattened()
    {
        var file = new TfliteBytes();
        int x = file.Tensor(TfliteType.Int8, [2, 3, 4], 0.1f, 3), flat = file.Tensor(TfliteType.Int8, [2, 12], 0.1f, 3);
        int shape = file.Tensor(TfliteType.Int32, [3]), batch = file.Tensor(TfliteType.Int32, []);
        int target = file.Tensor(TfliteType.Int32, [2]);
        int weights = file.Tensor(TfliteType.Int8, [5, 12], 0.02f, data: Answers.Numbers(60)), y = file.Tensor(TfliteType.Int8, [2, 5], 0.2f, -5);
        file.Operator(TfliteOperator.Shape, [x], [shape]);
        int[] slice = [shape, file.Int32s(0), file.Int32s(1), file.Int32s(1)];
        file.Operator(TfliteOperator.StridedSlice, slice, [batch], null, null, null, null, 1);
        file.Operator(TfliteOperator.Pack, [batch, file.Int32s(12)], [target], 2, 0);
        file.Operator(TfliteOperator.Reshape, [x, target], [flat]);
        file.Operator(TfliteOperator.FullyConnected, [flat, weights], [y], (byte)0, (byte)0);
        return file.File([x], [y]);
    }
}
