using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Reflection;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Tests;

/// <summary>
/// A model of one operator, made from an example that its float layer offers: random weights, random normalization (and so a random
/// zero point), quantized like any network. New operators appear here by themselves.
/// </summary>
internal sealed class OperatorCase
{
    private OperatorCase(string name, Network<double> twin, Shape input, IntegerModel model)
    {
        (Name, Model, File, Input, Twin) = (name, model, ModelWriter.Write(model), input, twin);
    }

    internal string Name { get; }

    internal IntegerModel Model { get; }

    internal byte[] File { get; }

    internal Shape Input { get; }

    /// <summary>The float layer in double precision, its parameters not yet set.</summary>
    internal Network<double> Twin { get; }

    /// <summary>Every example of every layer that has an operator, drawn from <paramref name="seed"/>.</summary>
    internal static IEnumerable<OperatorCase> All(ulong seed)
    {
        foreach ((string kind, Type type) in KindTable.Of(typeof(Layer<float>)))
        {
            LayerExample<float>[] examples = Examples<float>(type);
            for (int i = 0; i < examples.Length; i++)
            {
                Network<float> network = examples[i].ToNetwork();
                // Clamps and factors are fused into what stands before them; a join makes several operators; a combination is a
                // convolution by products of its parameters.
                if (network.Layers[0].IntegerForm is null or ClampForm or AffineForm or JoinForm) continue;
                if (network.Layers[0] is MapCombination<float>) continue;
                int index = i;
                Type twinType = KindTable.Of(typeof(Layer<double>))[kind];
                IntegerModel model = Quantize(network, new SplitMix64(seed, (ulong)i));
                yield return new OperatorCase($"{kind} {i}", Examples<double>(twinType)[index].ToNetwork(), network.Input, model);
            }
        }
    }

    /// <summary>Gives the float twin the weights and biases that the integers stand for.</summary>
    internal void DequantizeInto(Network<double> twin)
    {
        if (Model.Operators[0].Weights is not { } weights) return;
        QuantizationParameters input = Model.Tensors[0].Quantization, output = Model.Tensors[1].Quantization;
        var form = (OperatorForm)twin.Layers[0].IntegerForm!;
        int channels = weights.Bias.Length, depth = weights.Values.Length / channels;
        for (int c = 0; c < channels; c++)
        {
            double scale = weights.Multipliers[weights.Multipliers.Length > 1 ? c : 0].Value * output.Scale / input.Scale;
            int sum = 0;
            for (int k = c * depth; k < (c + 1) * depth; k++)
            {
                twin.Layers[0].Weights!.Values[k] = scale * weights.Values[k] / form.WeightFactor;
                sum += form.FoldsZeroPoint ? weights.Values[k] : 0;
            }
            twin.Layers[0].Bias!.Values[c] = scale * input.Scale * (weights.Bias[c] + input.ZeroPoint * sum);
        }
        twin.WeightsChanged();
    }

    private static LayerExample<T>[] Examples<T>(Type layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => [.. (IEnumerable<LayerExample<T>>)layer.GetProperty("Examples", BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy)!.GetValue(null)!];

    /// <summary>The network with random weights and biases, quantized on random images.</summary>
    internal static IntegerModel Quantize(Network<float> network, SplitMix64 random)
    {
        network.Initialize((ulong)random.Below(1 << 30));
        foreach (Parameter<float> parameter in network.Parameters.Where(parameter => !parameter.IsWeight))
        {
            for (int i = 0; i < parameter.Length; i++) parameter.Values[i] = random.Below(2001) / 1000f - 1;
        }
        network.WeightsChanged();
        byte[] pixels = new byte[20 * network.Input.Length];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)random.Below(256);
        double[] mean = [.. Enumerable.Range(0, network.Input.Channels).Select(_ => random.Below(1001) / 1000.0)];
        var normalization = new Normalization(mean, mean.Select(_ => 0.2 + random.Below(1001) / 1000.0));
        var images = new Dataset(network.Input, pixels, new byte[20], Dataset.NumberedClasses(network.Output.Length));
        var quantizer = new PostTrainingQuantizer(() => new MinMaxObserver(), perTensorFullyConnected: random.Below(2) == 0);
        return quantizer.Quantize(network, normalization, images, endsInSoftmax: false);
    }
}
