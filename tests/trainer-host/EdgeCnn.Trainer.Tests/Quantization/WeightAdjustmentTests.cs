using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Report;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Trainer.Tests.Quantization;

/// <summary>Cross-layer equalization and bias correction.</summary>
public sealed class WeightAdjustmentTests
{
    private static readonly Dataset Images = DrawnDigits.Draw(seed: 3, first: 0, count: 100);
    private static readonly Normalization Normalization = new([0.2], [0.3]);

    [Fact]
    public void Ranges_become_the_geometric_mean_of_those_on_either_side()
    {
        var network = new Network<float>(
            new Shape(1, 1, 1), [new FullyConnected<float>(2), new ReLU<float>(), new FullyConnected<float>(1)]);
        Parameter<float>[] all = [.. network.Parameters];
        new[] { 8, 0.5f }.CopyTo(all[0].Values);
        new[] { 4, 1f }.CopyTo(all[1].Values);
        new[] { 2, -8f }.CopyTo(all[2].Values);
        Assert.Equal(1, CrossLayerEqualization.Apply(network));
        // s = √(8/2) = 2 and √(0.5/8) = 1/4.
        Assert.Equal([4, 2], all[0].Values.ToArray());
        Assert.Equal([2, 4], all[1].Values.ToArray());
        Assert.Equal([4, -2], all[2].Values.ToArray());
    }

    [Fact]
    public void Equalization_changes_nothing_in_real_numbers_and_mends_a_badly_scaled_network()
    {
        Network<float> network = BadlyScaled();
        float[] before = network.Forward(Pixels()).Output.ToArray();
        double noisy = Sqnr(network);
        Assert.Equal(4, CrossLayerEqualization.Apply(network));
        float[] after = network.Forward(Pixels()).Output.ToArray();
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, 1e-3f * before.Max(MathF.Abs)));
        Assert.True(Sqnr(network) > noisy + 10, $"{Sqnr(network)} dB after {noisy} dB");
    }

    [Fact]
    public void Layers_that_others_read_or_that_saturate_are_left_alone()
    {
        var builder = new NetworkBuilder<float>();
        int first = builder.Add(new ReLU<float>(), builder.Add(new Conv2D<float>(4, new(3, 3), padding: Padding.SameSize), -1));
        int second = builder.Add(new ReLU6<float>(), builder.Add(new Conv2D<float>(4, new(3, 3), padding: Padding.SameSize), first));
        builder.Add(new FullyConnected<float>(10), builder.Add(new Add<float>(), second, first));
        var network = new Network<float>(Images.Shape, builder);
        network.Initialize(1);
        Assert.Equal(0, CrossLayerEqualization.Apply(network));
    }

    [Fact]
    public void A_bias_loses_what_rounding_adds_to_the_mean()
    {
        // 0.52 of 1 is 4/7 in 4 bits: the mean of that output shifts by (4/7 − 0.52) · mean input.
        var network = new Network<float>(new Shape(1, 1, 2), [new FullyConnected<float>(1)]);
        new[] { 1, 0.52f }.CopyTo(network.Parameters[0].Values);
        network.WeightsChanged();
        var images = new Dataset(network.Input, [0, 51, 0, 153], [0, 0], ["only"]);
        IReadOnlyList<Stage> stages = BiasCorrection.Correct(
            network, new WeightFormats(false, 4, keepEnds: false), Normalization.UnitRange(2), images);
        Assert.Equal(-(4 / 7.0 - 0.52) * 0.4, stages[0].Weights!.Bias[0], 1e-6);
        Assert.Equal([1, 0.52f], stages[0].Weights!.Values);
        Assert.Equal(0, network.Parameters[1].Values[0]);
    }

    [Fact]
    public void Corrected_biases_bring_the_mean_of_every_score_back()
    {
        Network<float> network = Network(new SplitMix64(4, 0));
        double plain = MeanShift(network, corrected: false), corrected = MeanShift(network, corrected: true);
        Assert.True(corrected < 0.4 * plain, $"{corrected} after {plain}");
    }

    [Fact]
    public void Correction_and_training_that_learns_the_biases_exclude_each_other() =>
        Assert.Contains("use one of the two", Assert.ThrowsAny<ArgumentException>(
            () => new QuantizationRecipe(correctBias: true, aware: new AwareRecipe())).Message, StringComparison.Ordinal);

    /// <summary>Σ over the scores of |mean of the integer model − mean of the float network|, with weights of 4 bits.</summary>
    private static double MeanShift(Network<float> network, bool corrected)
    {
        var quantizer = new PostTrainingQuantizer(() => new MinMaxObserver(), new WeightFormats(false, 4, keepEnds: false))
        {
            CorrectsBias = corrected,
        };
        using EdgeModel model = EdgeModel.Open(ModelWriter.Write(quantizer.Quantize(network, Normalization, Images, endsInSoftmax: false)));
        float[] real = network.Forward(Pixels()).Output.ToArray();
        double[] shifts = new double[10];
        TensorInfo scores = model.Outputs[0];
        for (int image = 0; image < Images.Count; image++)
        {
            model.SetPixels(Images.Image(image));
            model.Run();
            for (int i = 0; i < shifts.Length; i++)
                shifts[i] += ((model.Output[i] - scores.ZeroPoint) * scores.Scale - real[image * 10 + i]) / Images.Count;
        }
        return shifts.Sum(Math.Abs);
    }

    /// <summary>Convolution, batch normalization, depthwise convolution, pooling and fully connected layers.</summary>
    private static Network<float> Network(SplitMix64 seed)
    {
        var network = new Network<float>(
            Images.Shape,
            [
                new Conv2D<float>(6, new(3, 3), new(2, 2)), new BatchNorm<float>(), new ReLU<float>(),
                new DepthwiseConv2D<float>(new(3, 3), 2), new ReLU<float>(), new MaxPool<float>(new(2, 2)), new Conv2D<float>(8, new(3, 3)), new ReLU<float>(), new Flatten<float>(),
                new FullyConnected<float>(20), new ReLU<float>(), new FullyConnected<float>(10),
            ]);
        network.Initialize(1);
        foreach (Parameter<float> bias in network.Layers.Where(layer => layer.Bias is not null).Select(layer => layer.Bias!))
            foreach (ref float value in bias.Values) value = (float)seed.Between(-0.1, 0.1);
        return network;
    }

    /// <summary>The same with channels up to 64 times larger or smaller than others, which the next layer takes back.</summary>
    private static Network<float> BadlyScaled()
    {
        Network<float> network = Network(new SplitMix64(5, 0));
        var norm = (BatchNorm<float>)network.Layers[1];
        Scale(norm.Scale, norm.Bias!, network.Layers[3].Weights!, depthwise: true);
        Scale(network.Layers[3].Weights!, network.Layers[3].Bias!, network.Layers[6].Weights!);
        Scale(network.Layers[6].Weights!, network.Layers[6].Bias!, network.Layers[9].Weights!);
        Scale(network.Layers[9].Weights!, network.Layers[9].Bias!, network.Layers[11].Weights!);
        network.WeightsChanged();
        return network;

        static void Scale(Parameter<float> first, Parameter<float> bias, Parameter<float> second, bool depthwise = false)
        {
            int channels = bias.Length, depth = first.Length / channels;
            for (int k = 0; k < first.Length; k++) first.Values[k] *= Factor(k / depth);
            for (int c = 0; c < channels; c++) bias.Values[c] *= Factor(c);
            for (int k = 0; k < second.Length; k++) second.Values[k] /= Factor(depthwise ? k / (second.Length / channels) : k % channels);
        }

        static float Factor(int channel) => MathF.ScaleB(1, (channel * 5 % 7 - 3) * 2);
    }

    private static double Sqnr(Network<float> network)
    {
        var quantizer = new PostTrainingQuantizer(() => new MinMaxObserver(), perTensorFullyConnected: true);
        byte[] model = ModelWriter.Write(quantizer.Quantize(network, Normalization, Images, endsInSoftmax: false));
        return new Comparison(model, network, Normalization).Run(Images).Layers[^1].SqnrDb!.Value;
    }

    private static float[] Pixels()
    {
        float[] pixels = new float[Images.Count * Images.Shape.Length];
        Normalization.Apply<float>(Images.Pixels, Normalization.Table<float>(), pixels);
        return pixels;
    }
}
