using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Report.Charts;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Report.Page;

/// <summary>
/// The weights of a network's first layer as pictures, one per output: middle gray is 0, and black and white are minus and plus the
/// largest magnitude of that output's weights. Weights over three channels are shown in color, over others channel by channel.
/// </summary>
internal static class KernelPictures
{
    private const int Most = 64;

    /// <summary>
    /// Addresses (<c>data:</c>) of the pictures, <see cref="Most"/> at most; none when the weights are nothing like pictures.
    /// </summary>
    public static IReadOnlyList<string> Of(Network<float> network)
    {
        var layer = network.Layers.FirstOrDefault(layer => layer.Weights is not null);
        return layer?.Weights is { } weights && ShapeOf(layer, weights) is { } shape
            ? [.. Enumerable.Range(0, weights.Length / shape.Length).SelectMany(output => Draw(shape, weights, output)).Take(Most)]
            : [];
    }

    /// <summary>The shape of one output's weights.</summary>
    private static Shape? ShapeOf(Layer<float> layer, Parameter<float> weights) => weights.Dimensions switch
    {
        [_, var height, var width, var channels] when height * width > 1 => new Shape(height, width, channels),
        [_, var inputs] when inputs == layer.Input.Length && layer.Input is { IsVolume: false, Height: > 1 } => layer.Input,
        _ => null,
    };

    private static IEnumerable<string> Draw(Shape shape, Parameter<float> weights, int output)
    {
        var values = weights.Values.Slice(output * shape.Length, shape.Length);
        float most = 1e-12f;
        foreach (var value in values)
            most = Math.Max(most, Math.Abs(value));
        var pixels = new byte[values.Length];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)Math.Round(127.5f + 127.5f * values[i] / most);
        return shape.Channels == 3
            ? [PngPicture.Address(shape, pixels)]
            : Enumerable.Range(0, shape.Channels).Select(channel => PngPicture.Address(
                shape with { Channels = 1 }, [.. pixels.Where((_, i) => i % shape.Channels == channel)]));
    }
}
