using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Report;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Trainer.Tests.Quantization;

/// <summary>Models with activations of 16 bits beside float networks, and beside the same in 8 bits.</summary>
public sealed class WideQuantizerTests
{
    private static readonly Dataset Images = DrawnDigits.Draw(seed: 3, first: 0, count: 60);
    private static readonly Normalization Normalization = Normalization.UnitRange(1);

    [Fact]
    public void A_network_with_branches_comes_far_closer_to_float_than_in_8_bits()
    {
        var builder = new NetworkBuilder<float>();
        int last = builder.Add(new Conv2D<float>(6, new(3, 3), new(2, 2)), -1);
        last = builder.Add(new ReLU<float>(), builder.Add(new BatchNorm<float>(), last));
        last = builder.AddResidual(last, [new DepthwiseConv2D<float>(new(3, 3), 1, null, Padding.Of(1, 1, 1, 1)), new Tanh<float>()]);
        int pooled = builder.Add(new MaxPool<float>(new(2, 2)), last);
        int averaged = builder.Add(new AveragePool<float>(new(2, 2)), last);
        last = builder.Add(new ReLU6<float>(), builder.Add(new Concatenate<float>(), pooled, averaged));
        last = builder.Add(new TransposeConv2D<float>(4, new(2, 2), new(2, 2)), last);
        last = builder.Add(new Sigmoid<float>(), last);
        builder.Add(new FullyConnected<float>(10), builder.Add(new Flatten<float>(), last));
        Network<float> network = Made(builder);

        ComparisonReport wide = Compare(Wide(network), network), narrow = Compare(Narrow(network), network);
        Assert.Equal(narrow.Layers.Select(layer => layer.Name), wide.Layers.Skip(1).Select(layer => layer.Name));
        Assert.All(wide.Layers, layer => Assert.True(layer.SqnrDb is null or > 38, $"{layer.Name}: {layer.SqnrDb} dB"));
        Assert.All(
            wide.Layers.Skip(1).Zip(narrow.Layers),
            pair => Assert.True(pair.First.SqnrDb > pair.Second.SqnrDb, $"{pair.First.Name}: {pair.First.SqnrDb}, {pair.Second.SqnrDb} dB"));
        Assert.True(wide.Layers[0].SqnrDb > 120, "pixels from 0 to 1 are exact");
        Assert.Equal(1, wide.Agreement);
    }

    /// <summary>Weights that are whole steps leave nothing but the rounding of activations, 256 times finer than in 8 bits.</summary>
    [Fact]
    public void Where_weights_are_exact_noise_is_that_of_16_bits()
    {
        var builder = new NetworkBuilder<float>();
        int last = builder.Add(new ReLU<float>(), builder.Add(new Conv2D<float>(4, new(3, 3)), -1));
        builder.Add(new FullyConnected<float>(10), last);
        Network<float> network = Made(builder);
        foreach (Layer<float> layer in network.Layers.Where(layer => layer.Weights is not null))
        {
            Span<float> weights = layer.Weights!.Values;
            for (int i = 0; i < weights.Length; i++) weights[i] = i % 3 - 1;
        }
        network.WeightsChanged();
        double? wide = Compare(Wide(network), network).Layers[^1].SqnrDb, narrow = Compare(Narrow(network), network).Layers[^1].SqnrDb;
        Assert.True(wide > narrow + 30, $"{wide} dB, {narrow} dB");
    }

    [Fact]
    public void Softmax_and_pixels_are_part_of_the_model()
    {
        var builder = new NetworkBuilder<float>();
        builder.Add(new FullyConnected<float>(10), -1);
        using EdgeModel model = EdgeModel.Open(ModelWriter.Write(
            new WideQuantizer(new WeightFormats(false)).Quantize(Made(builder), Normalization, Images, endsInSoftmax: true)));
        Assert.Equal(["Rescale", "FullyConnectedInt16", "Softmax16"], model.Operators.Select(op => op.Name));
        Assert.Equal("int16×8", IntegerKind.Of(model));
        Assert.True(model.Inputs[0].HasPreprocessing);
        model.SetPixels(Images.Image(0));
        model.Run();
        TensorInfo output = model.Outputs[0];
        ReadOnlySpan<byte> bytes = model.Bytes(output);
        double sum = 0;
        for (int i = 0; i < output.Elements; i++) sum += output.Dequantize(output.Element(bytes, i));
        Assert.Equal(1, sum, 1e-3);
    }

    public static TheoryData<Layer<float>, string> Unknown => new()
    {
        { new Elu<float>(), "network[1] (elu)" },
        { new SumPool<float>(new(2, 2)), "network[1] (sumPool)" },
        { new Conv2D<float>(4, new(3, 3), groups: 2), "network[1] (conv2d)" },
    };

    [Theory]
    [MemberData(nameof(Unknown))]
    public void A_layer_without_such_an_operator_is_refused_by_its_name(Layer<float> layer, string name)
    {
        var builder = new NetworkBuilder<float>();
        builder.Add(layer, builder.Add(new Conv2D<float>(4, new(3, 3)), -1));
        ExportException refused = Assert.Throws<ExportException>(() => Wide(Made(builder)));
        Assert.StartsWith($"{name} has no operator for activations of 16 bits", refused.Message);
    }

    private static Network<float> Made(NetworkBuilder<float> builder)
    {
        var network = new Network<float>(Images.Shape, builder);
        network.Initialize(1);
        return network;
    }

    private static byte[] Wide(Network<float> network) => ModelWriter.Write(Sealed(
        network, new WideQuantizer(new WeightFormats(false)).Quantize(network, Normalization, Images, endsInSoftmax: false)));

    private static byte[] Narrow(Network<float> network) => ModelWriter.Write(Sealed(
        network, new PostTrainingQuantizer(() => new MinMaxObserver(), false).Quantize(network, Normalization, Images, endsInSoftmax: false)));

    private static IntegerModel Sealed(Network<float> network, IntegerModel model)
    {
        model.Meta.Add(new KeyValuePair<string, string>(NetworkFingerprint.MetaKey, NetworkFingerprint.Of(network)));
        return model;
    }

    private static ComparisonReport Compare(byte[] model, Network<float> network) =>
        new Comparison(model, network, Normalization).Run(Images);
}
