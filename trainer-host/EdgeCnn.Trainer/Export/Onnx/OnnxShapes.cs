using System;
using EdgeCnn.Trainer.Layers;

namespace EdgeCnn.Trainer.Export.Onnx;

/// <summary>From the network's order of values, channels innermost, to ONNX's and back.</summary>
internal static class OnnxShapes
{
    private static readonly int[] ChannelsLast = [0, 2, 3, 1], ChannelsFirst = [0, 3, 1, 2];

    /// <summary>The tensor as N×C×H×W.</summary>
    public static string ToImage(OnnxGraphWriter graph, OnnxPlace place) => place.IsFlat
        ? Shaped(graph, place.Name, $"{place.Name}.image", place.Shape.Channels, place.Shape.Height, place.Shape.Width)
        : place.Name;

    /// <summary>The tensor's values in the network's order, as N×length.</summary>
    public static OnnxPlace Flatten(OnnxGraphWriter graph, OnnxPlace place, string name)
    {
        Shape vector = Shape.Vector(place.Shape.Length);
        if (place.IsFlat) return place with { Shape = vector };
        string ordered = place.Shape.Positions == 1 || place.Shape.Channels == 1
            ? place.Name
            : graph.Add("Transpose", $"{name}.ordered", [place.Name], ("perm", ChannelsLast));
        return new OnnxPlace(Shaped(graph, ordered, name, vector.Length), vector, true);
    }

    /// <summary>The same values, in the network's order, under another shape.</summary>
    public static OnnxPlace Reshape(OnnxGraphWriter graph, OnnxPlace place, Shape shape, string name)
    {
        OnnxPlace flat = Flatten(graph, place, $"{name}.flat");
        string shaped = Shaped(graph, flat.Name, $"{name}.shaped", shape.Height, shape.Width, shape.Channels);
        return new OnnxPlace(graph.Add("Transpose", name, [shaped], ("perm", ChannelsFirst)), shape, false);
    }

    /// <summary>The attributes of a window; padding behind is what the last window needs.</summary>
    public static (string Name, object Value)[] Window(Layers.Window window) =>
    [
        ("kernel_shape", new[] { window.Kernel.Height, window.Kernel.Width }),
        ("strides", new[] { window.Stride.Height, window.Stride.Width }),
        ("pads", new[]
        {
            window.Top, window.Left, Math.Max(0, window.PaddedHeight - window.Top - window.Input.Height),
            Math.Max(0, window.PaddedWidth - window.Left - window.Input.Width),
        }),
    ];

    /// <summary>The tensor under other dimensions, behind that of the batch.</summary>
    public static string Shaped(OnnxGraphWriter graph, string input, string name, params ReadOnlySpan<long> dimensions) =>
        graph.Add("Reshape", name, [input, graph.Constant($"{name}.shape", [0, .. dimensions])]);
}
