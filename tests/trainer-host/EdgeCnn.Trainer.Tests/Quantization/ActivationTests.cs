using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Trainer.Tests.Quantization;

public sealed class ActivationTests
{
    private static readonly Dataset Images = DrawnDigits.Draw(seed: 3, first: 0, count: 60);

    [Fact]
    public void Clamps_are_fused_and_other_functions_become_tables()
    {
        IntegerModel model = Quantize(
            new FullyConnected<float>(20), new Tanh<float>(), new FullyConnected<float>(10), new ReLU<float>(), new Sigmoid<float>());
        using EdgeModel opened = EdgeModel.Open(ModelWriter.Write(model));

        Assert.Equal(["FullyConnected", "Lookup", "FullyConnected", "Lookup"], opened.Operators.Select(op => op.Name));
        Assert.Equal(QuantizationParameters.SignedUnit, model.Tensors[2].Quantization);
        Assert.Equal(QuantizationParameters.Probability, model.Tensors[4].Quantization);
        Assert.Equal([1, 10], model.Tensors[4].Shape);
        // What is at least 0 has a sigmoid of at least 1/2.
        opened.SetPixels(Images.Image(0));
        opened.Run();
        Assert.All(opened.Output.ToArray(), q => Assert.InRange(q, 0, 127));
    }

    [Fact]
    public void A_clamp_after_a_table_is_part_of_it()
    {
        IntegerModel model = Quantize(new FullyConnected<float>(10), new Tanh<float>(), new ReLU<float>());

        Assert.Equal(2, model.Operators.Count);
        Assert.All(model.Operators[1].Constant!, value => Assert.InRange((sbyte)value, 0, 127));
    }

    [Fact]
    public void A_clamp_after_an_operator_without_one_becomes_a_table()
    {
        IntegerModel model = Quantize(new FullyConnected<float>(10), new Softmax<float>(), new Dropout<float>(), new ReLU6<float>());
        using EdgeModel opened = EdgeModel.Open(ModelWriter.Write(model));

        Assert.Equal(["FullyConnected", "Softmax", "Lookup"], opened.Operators.Select(op => op.Name));
        Assert.Equal(QuantizationParameters.Probability, model.Tensors[^1].Quantization);
    }

    [Fact]
    public void Shapes_without_values_of_their_own_keep_the_quantization()
    {
        IntegerModel model = Quantize(
            new Conv2D<float>(3, new(5, 5)), new Flatten<float>(), new Gelu<float>(), new FullyConnected<float>(10));
        using EdgeModel opened = EdgeModel.Open(ModelWriter.Write(model));

        Assert.Equal(["Conv2D", "Reshape", "Lookup", "FullyConnected"], opened.Operators.Select(op => op.Name));
        Assert.Equal([1, 24 * 24 * 3], model.Tensors[3].Shape);
        Assert.Equal(model.Tensors[1].Quantization, model.Tensors[2].Quantization);
    }

    [Fact]
    public void Volumes_and_groups_reach_the_file()
    {
        IntegerModel model = Quantize(
            new Reshape<float>(Shape.Volume(4, 14, 14, 1)), new Conv3D<float>(4, new(4, 3, 3)), new ReLU<float>(),
            new Reshape<float>(new(12, 12, 4)), new Conv2D<float>(6, new(3, 3), new(2, 2), groups: 2), new GlobalAveragePool<float>(),
            new FullyConnected<float>(10));
        using EdgeModel opened = EdgeModel.Open(ModelWriter.Write(model));

        Assert.Equal(
            ["Reshape", "Conv3D", "Reshape", "GroupedConv2D", "AveragePool", "FullyConnected"], opened.Operators.Select(op => op.Name));
        Assert.Equal([1, 1, 12, 12, 4], model.Tensors[2].Shape);
    }

    private static IntegerModel Quantize(params IEnumerable<Layer<float>> layers)
    {
        var network = new Network<float>(Images.Shape, layers);
        network.Initialize(1);
        return new PostTrainingQuantizer(() => new MinMaxObserver(), perTensorFullyConnected: false)
            .Quantize(network, new Normalization([0.5], [0.5]), Images, endsInSoftmax: false);
    }
}
