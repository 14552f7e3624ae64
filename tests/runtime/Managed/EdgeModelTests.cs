using System;
using System.IO;
using System.Linq;
using EdgeCnn.Managed;
using Xunit;

namespace EdgeCnn.Tests.Managed;

public sealed class EdgeModelTests
{
    [Fact]
    public void A_model_opens_from_a_file_a_stream_and_memory_alike()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("edgecnn").FullName, "model.ecnn");
        File.WriteAllBytes(path, TestModels.LeNet5);
        try
        {
            using EdgeModel mapped = EdgeModel.Open(path), copied = EdgeModel.Open(TestModels.LeNet5.AsSpan());
            using EdgeModel streamed = EdgeModel.Open(new MemoryStream(TestModels.LeNet5));
            byte[] image = TestModels.Digits(1).Image(0).ToArray();
            foreach (EdgeModel model in new[] { mapped, copied, streamed }) model.SetPixels(image);

            ulong[] expected = [.. mapped.RunProbed().Select(entry => entry.Hash)];
            Assert.Equal(8, expected.Distinct().Count());
            Assert.Equal(expected, copied.RunProbed().Select(entry => entry.Hash));
            Assert.Equal(expected, streamed.RunProbed().Select(entry => entry.Hash));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public void The_file_says_labels_shapes_and_preprocessing()
    {
        using EdgeModel model = EdgeModel.Open(TestModels.LeNet5);
        TensorInfo input = Assert.Single(model.Inputs), output = Assert.Single(model.Outputs);

        Assert.Equal([1, 28, 28, 1], input.Shape);
        Assert.True(input.HasPreprocessing);
        Assert.Equal(ChannelOrder.Gray, input.ChannelOrder);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], output.Labels);
        Assert.Equal((1f / 256, -128), (output.Scale, output.ZeroPoint));
        Assert.Equal(416_520, model.Operators.Sum(op => op.Macs));
    }

    [Fact]
    public void Pixels_become_the_nearest_integers()
    {
        using EdgeModel model = EdgeModel.Open(TestModels.LeNet5);
        byte[] image = [.. Enumerable.Range(0, 784).Select(i => (byte)i)];
        model.SetPixels(image);
        TensorInfo input = model.Inputs[0];
        Trainer.Data.Normalization normalization = TestModels.LeNet5Recipe.Normalization;
        for (int i = 0; i < image.Length; i++)
        {
            double real = image[i] * normalization.Scale[0] + normalization.Offset[0];
            Assert.InRange(input.Dequantize(model.Input[i]) - real, -0.501 * input.Scale, 0.501 * input.Scale);
        }
    }

    [Fact]
    public void The_self_test_passes_and_notices_another_result()
    {
        using EdgeModel model = EdgeModel.Open(TestModels.LeNet5);
        Assert.Null(model.RunSelfTest());

        byte[] altered = (byte[])TestModels.LeNet5.Clone();
        int weights = model.Info.Sections.Single(section => section.Type == SectionType.Weights).Offset;
        for (int k = 0; k < 120 * 400; k++) altered[weights + 2560 + k] ^= 0x40;   // the first fully connected layer
        EdgeCnn.Trainer.Export.ModelSeal.Apply(altered);
        using EdgeModel wrong = EdgeModel.Open(altered);
        Assert.Equal(4, wrong.RunSelfTest());
    }

    [Fact]
    public void Wrong_use_is_refused_with_words()
    {
        EdgeModel model = EdgeModel.Open(TestModels.LeNet5);
        Assert.Contains("784 pixels, not 3", Assert.Throws<ArgumentException>(() => model.SetPixels(new byte[3])).Message, StringComparison.Ordinal);
        model.Dispose();
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(model.Run);
        Assert.Throws<ObjectDisposedException>(() => model.Input[0]);
    }

    [Fact]
    public void Files_that_are_no_models_are_refused_with_place_and_advice()
    {
        ModelException error = Assert.Throws<ModelException>(() => EdgeModel.Open(new byte[100]));
        Assert.Equal((ModelError.WrongMagic, 0), (error.Error, error.Where));
        Assert.Contains("not an .ecnn model file (byte 0x0)", error.Message, StringComparison.Ordinal);
        Assert.Equal(ModelError.Truncated, Assert.Throws<ModelException>(() => EdgeModel.Open([])).Error);
        Assert.All(Enum.GetValues<ModelError>(), value => Assert.DoesNotContain("error ", ModelException.Describe(value), StringComparison.Ordinal));
    }
}
