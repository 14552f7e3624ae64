using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Report;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Trainer.Tests.Quantization;

/// <summary>What networks with several branches and with batch normalization become.</summary>
public sealed class GraphQuantizationTests
{
    private static readonly Dataset Images = DrawnDigits.Draw(seed: 3, first: 0, count: 60);
    private static readonly Normalization Normalization = new([0.5], [0.5]);

    [Fact]
    public void Batch_normalization_is_folded_into_the_weights_before_it()
    {
        var builder = new NetworkBuilder<float>();
        int last = builder.Add(new Conv2D<float>(4, new(3, 3)), -1);
        last = builder.Add(new BatchNorm<float>(), last);
        last = builder.Add(new DepthwiseConv2D<float>(new(3, 3), 2), last);
        last = builder.Add(new BatchNorm<float>(), last);
        last = builder.Add(new FullyConnected<float>(10), last);
        builder.Add(new BatchNorm<float>(), last);
        Network<float> network = Trained(builder);

        IReadOnlyList<Stage> stages = Stage.Of(network);
        Assert.Equal([[0, 1], [2, 3], [4, 5]], stages.Select(stage => stage.Layers));
        Assert.Equal(["Conv2D", "DepthwiseConv2D", "FullyConnected"], Operators(network));
        AssertFollows(network, 3);
    }

    [Fact]
    public void Batch_normalization_with_no_weights_of_its_own_before_it_is_an_operator()
    {
        var builder = new NetworkBuilder<float>();
        int first = builder.Add(new Conv2D<float>(6, new(3, 3)), -1);
        int normalized = builder.Add(new ReLU<float>(), builder.Add(new BatchNorm<float>(), first));
        builder.Add(new FullyConnected<float>(10), builder.Add(new Add<float>(), normalized, first));
        Network<float> network = Trained(builder);

        Assert.Equal(["Conv2D", "DepthwiseConv2D", "Add", "FullyConnected"], Operators(network));
        AssertFollows(network, 4);
    }

    [Fact]
    public void A_combination_of_maps_is_a_convolution_by_the_kernels_as_they_are_mixed()
    {
        Network<float> Of(Layer<float> second)
        {
            var builder = new NetworkBuilder<float>();
            int last = builder.Add(new ReLU<float>(), builder.Add(new Conv2D<float>(4, new(3, 3)), -1));
            builder.Add(new FullyConnected<float>(10), builder.Add(new Tanh<float>(), builder.Add(second, last)));
            return Trained(builder);
        }

        var combination = new MapCombination<float>(6, new(5, 5), new(2, 2));
        Network<float> network = Of(combination);
        var plain = new Conv2D<float>(6, new(5, 5), new(2, 2));
        Network<float> same = Of(plain);
        combination.OperatorWeights.CopyTo(plain.Weights!.Values);
        combination.Bias!.Values.CopyTo(plain.Bias!.Values);
        foreach (int layer in (int[])[0, 4])
        {
            network.Layers[layer].Weights!.Values.CopyTo(same.Layers[layer].Weights!.Values);
            network.Layers[layer].Bias!.Values.CopyTo(same.Layers[layer].Bias!.Values);
        }
        same.WeightsChanged();

        Assert.Equal(["Conv2D", "Conv2D", "Lookup", "FullyConnected"], Operators(network));
        Assert.Equal(ModelWriter.Write(Quantize(same)), ModelWriter.Write(Quantize(network)));
        AssertFollows(network, 4);
    }

    [Fact]
    public void Joined_tensors_are_brought_to_one_quantization_and_keep_their_clamp()
    {
        var builder = new NetworkBuilder<float>();
        int first = builder.Add(new MaxPool<float>(new(2, 2)), builder.Add(new Conv2D<float>(3, new(3, 3)), -1));
        int second = builder.Add(new Conv2D<float>(5, new(3, 3), new(2, 2)), -1);
        int joined = builder.Add(new ReLU<float>(), builder.Add(new Concatenate<float>(), first, second));
        builder.Add(new FullyConnected<float>(10), joined);
        Network<float> network = Trained(builder);

        Assert.Equal(["Conv2D", "MaxPool", "Conv2D", "Lookup", "Lookup", "Concat", "FullyConnected"], Operators(network));
        AssertFollows(network, 7);
        Assert.Equal("maxPool1 rescaled", Compare(network).Layers[3].Name);
        Assert.Equal("concatenate1 + relu1", Compare(network).Layers[5].Name);
    }

    [Fact]
    public void An_activation_whose_input_others_read_is_refused_with_its_place()
    {
        var builder = new NetworkBuilder<float>();
        int first = builder.Add(new Conv2D<float>(3, new(3, 3)), -1);
        builder.Add(new Add<float>(), builder.Add(new ReLU<float>(), first), first);
        ExportException refused = Assert.Throws<ExportException>(() => Stage.Of(Trained(builder)));
        Assert.StartsWith("network[1] (relu) is an activation", refused.Message);
    }

    /// <summary>A network with statistics and factors as training leaves them: not 0 and 1.</summary>
    private static Network<float> Trained(NetworkBuilder<float> builder)
    {
        var network = new Network<float>(Images.Shape, builder);
        network.Initialize(1);
        var random = new SplitMix64(2, 0);
        foreach (BatchNorm<float> norm in network.Layers.OfType<BatchNorm<float>>())
        {
            for (int c = 0; c < norm.Output.Channels; c++)
            {
                norm.Scale.Values[c] = (float)random.Between(-2, 2);
                norm.Bias!.Values[c] = (float)random.Between(-1, 1);
                norm.Mean.Values[c] = (float)random.Between(-1, 1);
                norm.Variance.Values[c] = (float)random.Between(0.2, 2);
            }
        }
        return network;
    }

    private static IntegerModel Quantize(Network<float> network) =>
        new PostTrainingQuantizer(() => new MinMaxObserver(), perTensorFullyConnected: false)
            .Quantize(network, Normalization, Images, endsInSoftmax: false);

    private static IEnumerable<string> Operators(Network<float> network)
    {
        using EdgeModel model = EdgeModel.Open(ModelWriter.Write(Quantize(network)));
        return [.. model.Operators.Select(op => op.Name)];
    }

    private static ComparisonReport Compare(Network<float> network) =>
        new Comparison(ModelWriter.Write(Quantize(network)), network, Normalization).Run(Images);

    private static void AssertFollows(Network<float> network, int operators)
    {
        ComparisonReport report = Compare(network);
        Assert.Equal(operators, report.Layers.Count);
        Assert.All(report.Layers, layer => Assert.True(layer.SqnrDb > 25, $"{layer.Name}: {layer.SqnrDb} dB"));
    }
}
