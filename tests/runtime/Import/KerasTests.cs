using System;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import.Tflite;
using Xunit;

namespace EdgeCnn.Tests.Import;

/// <summary>Patterns of operators as converters write Keras models.</summary>
public sealed class KerasTests
{
    [Theory]
    [InlineData(TfliteOperator.ExpandDims, TfliteOperator.Squeeze)]
    [InlineData(TfliteOperator.Reshape, TfliteOperator.Reshape)]
    public void A_convolution_over_time_is_one_over_an_image_of_one_row(TfliteOperator unfold, TfliteOperator fold)
    {
        var series = new TfliteBytes();
        int x = series.Tensor(TfliteType.Int8, [1, 9, 2], 0.1f, 4), image = series.Tensor(TfliteType.Int8, [1, 1, 9, 2], 0.1f, 4);
        int row = series.Tensor(TfliteType.Int8, [1, 1, 5, 3], 0.2f, -5), y = series.Tensor(TfliteType.Int8, [1, 5, 3], 0.2f, -5);
        int weights = series.Tensor(TfliteType.Int8, [3, 1, 3, 2], 0.02f, data: Answers.Numbers(18));
        series.Operator(unfold, [x, series.Int32s(-3)], [image]);
        series.Operator(TfliteOperator.Conv2D, [image, weights], [row], (byte)0, 2, 1, (byte)0, 1, 1);
        series.Operator(fold, [row], [y]);

        var picture = new TfliteBytes();
        int pixels = picture.Tensor(TfliteType.Int8, [1, 1, 9, 2], 0.1f, 4), result = picture.Tensor(TfliteType.Int8, [1, 1, 5, 3], 0.2f, -5);
        int filter = picture.Tensor(TfliteType.Int8, [3, 1, 3, 2], 0.02f, data: Answers.Numbers(18));
        picture.Operator(TfliteOperator.Conv2D, [pixels, filter], [result], (byte)0, 2, 1, (byte)0, 1, 1);

        IntegerModel imported = TfliteImporter.Import(series.File([x], [y]));
        Assert.Equal(Answers.Of(picture.File([pixels], [result])), Answers.Of(imported));
        Assert.Equal([1, 5, 3], imported.Tensors[^1].Shape);
    }

    [Fact]
    public void Floats_at_the_ends_become_the_integers_they_are_quantized_to()
    {
        var file = new TfliteBytes();
        int image = file.Tensor(TfliteType.Float32, [1, 4]), x = file.Tensor(TfliteType.Int8, [1, 4], 0.1f, 3);
        int y = file.Tensor(TfliteType.Int8, [1, 2], 0.25f, -5), scores = file.Tensor(TfliteType.Float32, [1, 2]);
        int weights = file.Tensor(TfliteType.Int8, [2, 4], 0.5f, data: [1, 2, 3, 4, 0xFF, 0xFE, 0xFD, 0xFC]);
        file.Operator(TfliteOperator.Quantize, [image], [x]);
        file.Operator(TfliteOperator.FullyConnected, [x, weights], [y], (byte)0, (byte)0);
        file.Operator(TfliteOperator.Dequantize, [y], [scores]);

        IntegerModel imported = TfliteImporter.Import(file.File([image], [scores]));
        Assert.Equal([FullyConnected.Code], imported.Operators.Select(op => op.Code));
        using EdgeModel model = EdgeModel.Open(ModelWriter.Write(imported));
        TensorInfo input = Assert.Single(model.Inputs), output = Assert.Single(model.Outputs);
        Assert.Equal(("t0", 0.1f, 3, "int8"), (input.Name, input.Scale, input.ZeroPoint, input.TypeName));
        Assert.Equal(("t3", 0.25f, -5, "int8"), (output.Name, output.Scale, output.ZeroPoint, output.TypeName));

        // (1.0, 0.5, −0.5, 2.0) times (0.5, 1, 1.5, 2) is 4.25; the other row is its negative.
        new sbyte[] { 13, 8, -2, 23 }.CopyTo(model.Input);
        model.Run();
        Assert.Equal([4.25f, -4.25f], model.Output.ToArray().Select(q => output.Dequantize(q)));
    }

    [Fact]
    public void Floats_between_operators_are_refused_with_the_operator()
    {
        var file = new TfliteBytes();
        int x = file.Tensor(TfliteType.Int8, [1, 4], 0.1f, 3), real = file.Tensor(TfliteType.Float32, [1, 4]);
        int y = file.Tensor(TfliteType.Int8, [1, 4], 0.2f);
        file.Operator(TfliteOperator.Dequantize, [x], [real]);
        file.Operator(TfliteOperator.Quantize, [real], [y]);

        var refused = Assert.Throws<Trainer.Import.ImportException>(() => TfliteImporter.Import(file.File([x], [y])));
        Assert.Contains(refused.Reasons, reason => reason.StartsWith("operator 0 (Dequantize)", StringComparison.Ordinal));
    }
}
