using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Export.Onnx;
using EdgeCnn.Trainer.Import.Onnx;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Training;
using Xunit;

namespace EdgeCnn.Trainer.Tests.Export;

/// <summary>Float networks as ONNX files, read by the importer's reader and computed in float by its definitions of ONNX's operators.</summary>
public sealed class OnnxExportTests
{
    private const int Samples = 3;

    /// <summary>Kinds that ONNX has nothing like, or that are not of images.</summary>
    private static readonly string[] Refused = ["conv3d", "mapCombination", "stochasticPool"];

    public static TheoryData<string> Kinds => [.. KindTable.Of(typeof(Layer<float>)).Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_layer_computes_the_same_in_ONNX_or_is_refused_by_its_name(string kind)
    {
        Type type = KindTable.Of(typeof(Layer<float>))[kind];
        PropertyInfo examples = type.GetProperty(nameof(IHasExamples<float>.Examples))!;
        foreach (LayerExample<float> example in (IEnumerable<LayerExample<float>>)examples.GetValue(null)!)
        {
            if (example.Input.IsVolume && kind != "conv3d") continue;
            Network<float> network = Drawn(example.ToNetwork());
            if (Refused.Contains(kind) || network.Output.IsVolume)
                Assert.Contains(
                    example.Input.IsVolume ? "is a volume" : $"network[0] ({kind}) has no operator in ONNX",
                    Assert.Throws<ExportException>(() => OnnxExport.ToBytes(network, "layer")).Message);
            else AssertSame(network, OnnxExport.ToBytes(network, "layer"), network.Output.Positions == 1 && kind is "fullyConnected" or "flatten");
        }
    }

    [Theory]
    [InlineData("lenet5")]
    [InlineData("lenet5-classic")]
    [InlineData("resnet8")]
    [InlineData("dscnn-digits")]
    public void Networks_of_the_zoo_compute_the_same_in_ONNX(string name)
    {
        Recipe recipe = Recipe.Load(Path.Combine(Repository.Root, "models", name, "recipe.json"));
        Network<float> network = Drawn(recipe.CreateNetwork<float>());
        AssertSame(network, OnnxExport.ToBytes(network, name), isFlat: true);
    }

    [Fact]
    public void Branches_of_vectors_and_images_meet()
    {
        var builder = new NetworkBuilder<float>();
        int image = builder.Add(new Conv2D<float>(4, new(3, 3)), -1);
        int pooled = builder.Add(new GlobalAveragePool<float>(), image);
        int vector = builder.Add(new FullyConnected<float>(4), builder.Add(new Flatten<float>(), image));
        int sum = builder.Add(new Add<float>(), pooled, vector);
        int shaped = builder.Add(new Reshape<float>(new Shape(2, 2, 2)), builder.Add(new Concatenate<float>(), sum, vector));
        builder.Add(new Conv2D<float>(3, new(2, 2)), shaped);
        Network<float> network = Drawn(new Network<float>(new Shape(6, 5, 2), builder));
        AssertSame(network, OnnxExport.ToBytes(network, "branches"), isFlat: false);
    }

    [Fact]
    public void Scores_are_probabilities_where_the_recipe_says_so()
    {
        Recipe recipe = Recipe.Load(Path.Combine(Repository.Root, "models", "digits8x8", "recipe.json"));
        Network<float> network = recipe.CreateNetwork<float>();
        byte[] file = OnnxExport.ToBytes(recipe, network);
        OnnxFile read = OnnxFile.Read(file);
        Assert.Equal(["image", "scores"], read.Inputs.Concat(read.Outputs).Select(value => value.Name));
        Assert.Equal([0, 1, 8, 8], read.Inputs[0].Shape!);
        Assert.Equal("N", read.Inputs[0].Symbols[0]);
        Assert.Equal(1, Run(file, Values(network.Input.Length, 1)).Sum(), 1e-5);
    }

    /// <summary>A network whose parameters are not those of the start: no factor is 1, no summand is 0.</summary>
    private static Network<float> Drawn(Network<float> network)
    {
        network.Initialize(1);
        var random = new SplitMix64(2, 0);
        foreach (Parameter<float> parameter in network.Parameters.Where(parameter => !parameter.IsWeight && parameter.Trainable))
            foreach (ref float value in parameter.Values) value = (float)random.Between(-0.5, 0.5);
        foreach (BatchNorm<float> norm in network.Layers.OfType<BatchNorm<float>>())
        {
            foreach (ref float value in norm.Mean.Values) value = (float)random.Between(-0.5, 0.5);
            foreach (ref float value in norm.Variance.Values) value = (float)random.Between(0.5, 2);
        }
        network.WeightsChanged();
        return network;
    }

    private static void AssertSame(Network<float> network, byte[] file, bool isFlat)
    {
        WriteForOnnxRuntime(network, file, isFlat);
        for (ulong seed = 1; seed <= Samples; seed++)
        {
            float[] input = Values(network.Input.Length, seed), expected = network.Forward(input).Output.ToArray();
            float[] found = Run(file, ChannelsFirst(input, network.Input));
            if (!isFlat) expected = ChannelsFirst(expected, network.Output);
            double largest = expected.Max(Math.Abs);
            Assert.Equal(expected.Length, found.Length);
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * largest));
        }
    }

    /// <summary>For compare-onnxruntime.sh: the model, two images, and what the network makes of them.</summary>
    private static void WriteForOnnxRuntime(Network<float> network, byte[] file, bool isFlat)
    {
        if (Environment.GetEnvironmentVariable("EDGECNN_ONNX_EXPORTS") is not { Length: > 0 } root) return;
        string folder = Path.Combine(root, $"{network.Layers[0].Kind}-{Convert.ToHexStringLower(SHA256.HashData(file))[..8]}");
        Directory.CreateDirectory(folder);
        float[][] images = [Values(network.Input.Length, 1), Values(network.Input.Length, 2)];
        float[][] outputs = [.. images.Select(image => network.Forward(image).Output.ToArray())];
        if (!isFlat) outputs = [.. outputs.Select(output => ChannelsFirst(output, network.Output))];
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), file);
        File.WriteAllText(
            Path.Combine(folder, "shape.json"), $"[{images.Length}, {network.Input.Channels}, {network.Input.Height}, {network.Input.Width}]");
        File.WriteAllBytes(Path.Combine(folder, "input"), [.. images.SelectMany(
            image => ChannelsFirst(image, network.Input)).SelectMany(BitConverter.GetBytes)]);
        File.WriteAllBytes(Path.Combine(folder, "output"), [.. outputs.SelectMany(output => output).SelectMany(BitConverter.GetBytes)]);
    }

    private static float[] Run(byte[] file, float[] input)
    {
        OnnxGraph graph = GraphPreparation.Prepare(OnnxFile.Read(file));
        Assert.Empty(graph.Refused.Values.SelectMany(refusal => refusal.Reasons));
        var values = new Dictionary<string, FloatTensor>
        {
            [graph.Inputs[0].Name] = new FloatTensor(graph.Shapes[graph.Inputs[0].Name], input),
        };
        foreach (OnnxNode node in graph.Nodes)
        {
            FloatTensor[] read = [.. node.Inputs.Select(name =>
                values.TryGetValue(name, out FloatTensor? value) ? value : graph.Real(name))];
            values[node.Outputs[0]] = OnnxOperator.Of(node)!.Evaluate(new OnnxCall(graph, node), read)[0];
        }
        return values[graph.Resolved(graph.Outputs[0].Name)].Values;
    }

    private static float[] Values(int length, ulong seed)
    {
        var random = new SplitMix64(seed, 7);
        return [.. Enumerable.Range(0, length).Select(_ => (float)random.Between(-1, 1))];
    }

    private static float[] ChannelsFirst(float[] values, Shape shape) =>
    [
        .. from channel in Enumerable.Range(0, shape.Channels)
           from position in Enumerable.Range(0, shape.Positions)
           select values[position * shape.Channels + channel],
    ];
}
