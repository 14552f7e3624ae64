using System;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;
using Xunit;

namespace EdgeCnn.Tests.Managed;

/// <summary>Many images in one call, on one thread or several.</summary>
public sealed class BatchTests
{
    private const int Images = 100;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_batch_gives_what_its_images_give_one_by_one_on_any_number_of_threads(int threads)
    {
        using EdgeModel single = EdgeModel.Open(TestModels.LeNet5);
        using EdgeModel model = EdgeModel.Open(TestModels.LeNet5, new ModelOptions { Threads = threads });
        byte[] inputs = new byte[Images * model.BatchInputBytes], pixels = new byte[Images * 784];
        byte[] expected = new byte[Images * model.BatchOutputBytes];
        for (int n = 0; n < Images; n++)
        {
            byte[] image = TestModels.Digits(Images).Image(n).ToArray();
            image.CopyTo(pixels, n * image.Length);
            single.SetPixels(image);
            single.Bytes(single.Inputs[0]).CopyTo(inputs.AsSpan(n * model.BatchInputBytes));
            single.Run();
            single.Bytes(single.Outputs[0]).CopyTo(expected.AsSpan(n * model.BatchOutputBytes));
        }
        byte[] found = new byte[expected.Length];
        model.RunBatch(inputs, found);
        Assert.Equal(expected, found);
        Assert.True(expected.Chunk(model.BatchOutputBytes).Select(Convert.ToHexString).Distinct().Count() > Images / 2);

        found.AsSpan().Clear();
        model.RunPixelBatch(pixels, found);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Every_batch_size_runs_whatever_the_number_of_threads()
    {
        using EdgeModel model = EdgeModel.Open(TestModels.LeNet5, new ModelOptions { Threads = 3 });
        byte[] pixels = [.. Enumerable.Range(0, 7 * 784).Select(i => (byte)(Generator.Bits(3, (uint)i) >> 24))];
        byte[] all = new byte[7 * model.BatchOutputBytes];
        model.RunPixelBatch(pixels, all);
        for (int count = 0; count < 7; count++)
        {
            byte[] some = new byte[count * model.BatchOutputBytes];
            model.RunPixelBatch(pixels.AsSpan(0, count * 784), some);
            Assert.Equal(all[..some.Length], some);
        }
    }

    [Fact]
    public void The_inputs_of_an_image_lie_one_behind_the_other()
    {
        using EdgeModel model = EdgeModel.Open(Product(), new ModelOptions { Threads = 2 });
        byte[] products = new byte[3 * model.BatchOutputBytes];
        model.RunBatch([1, 2, 10, 20, 3, 4, 30, 40, 5, 6, 0, 1], products);
        Assert.Equal([10, 40, 90, 127, 0, 6], products);
        Assert.Contains(
            "without preprocessing", Assert.Throws<InvalidOperationException>(() => model.RunPixelBatch(new byte[4], new byte[2])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Each_further_thread_costs_one_arena()
    {
        using EdgeModel one = EdgeModel.Open(TestModels.LeNet5);
        using EdgeModel three = EdgeModel.Open(TestModels.LeNet5, new ModelOptions { Threads = 3 });
        Assert.Equal((1, 0), (one.Threads, one.ThreadBytes));
        Assert.Equal((3, 2 * ArenaBytes(three)), (three.Threads, three.ThreadBytes));
    }

    [Fact]
    public void Models_with_threads_can_be_closed_idle_twice_and_unused()
    {
        EdgeModel unused = EdgeModel.Open(TestModels.LeNet5, new ModelOptions { Threads = 3 });
        unused.Dispose();

        EdgeModel used = EdgeModel.Open(TestModels.LeNet5, new ModelOptions { Threads = 3 });
        byte[] outputs = new byte[4 * used.BatchOutputBytes];
        used.RunBatch(new byte[4 * used.BatchInputBytes], outputs);
        used.Dispose();
        used.Dispose();
        Assert.Throws<ObjectDisposedException>(() => used.RunBatch(new byte[4 * 784], outputs));
    }

    [Fact]
    public void Wrong_lengths_and_overlaps_are_refused_and_nothing_is_written()
    {
        using EdgeModel model = EdgeModel.Open(TestModels.LeNet5, new ModelOptions { Threads = 2 });
        byte[] outputs = new byte[20], memory = new byte[784 + 10];
        Assert.Contains("785 are not", Refusal(() => model.RunBatch(new byte[785], outputs)), StringComparison.Ordinal);
        Assert.Contains("1 images have 10 bytes", Refusal(() => model.RunBatch(new byte[784], outputs)), StringComparison.Ordinal);
        Assert.Contains(
            "other memory", Refusal(() => model.RunBatch(memory.AsSpan(0, 784), memory.AsSpan(780, 10))), StringComparison.Ordinal);
        Assert.All(outputs.Concat(memory), value => Assert.Equal(0, value));
        Assert.Throws<ArgumentOutOfRangeException>(() => EdgeModel.Open(TestModels.LeNet5, new ModelOptions { Threads = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => EdgeModel.Open(TestModels.LeNet5, new ModelOptions { Threads = 257 }));

        static string Refusal(Action action) => Assert.Throws<ArgumentException>(action).Message;
    }

    private static unsafe long ArenaBytes(EdgeModel model) => ModelFile.ArenaBytes(model.ModelPointer);

    /// <summary>Two inputs of two elements each, multiplied element by element.</summary>
    private static byte[] Product()
    {
        var pair = new IntegerTensor([1, 2], new QuantizationParameters(1, 0));
        byte[] own = OwnFields.None();
        OwnFields.SetClamp(own, pair.Quantization, double.NegativeInfinity, double.PositiveInfinity, ElementType.Int8);
        return ModelWriter.Write(OperatorSample.Of(Mul.Code, [pair, pair], pair, own, op => op with { Scales = [FixedMultiplier.Of(1)] }));
    }
}
