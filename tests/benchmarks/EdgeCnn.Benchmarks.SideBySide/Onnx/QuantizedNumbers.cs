using System;
using System.Linq;
using EdgeCnn.Managed;

namespace EdgeCnn.Benchmarks.SideBySide.Onnx;

/// <summary>
/// Eight bits in the form that ONNX Runtime's quantizer writes ("QDQ"): every tensor and constant is stored as integers, and dequantized
/// in front of the node that reads it. Weights are int8 per channel; activations int8, or the same integers + 128 as uint8.
/// </summary>
internal sealed unsafe class QuantizedNumbers(OnnxType activations) : INumbers
{
    public OnnxType InputType => activations;

    public bool Saturates => true;

    private int Offset => activations == OnnxType.UInt8 ? 128 : 0;

    public void SetInput(void* elements, int index, TensorInfo input, sbyte q) => ((byte*)elements)[index] = (byte)(q + Offset);

    public string Store(OnnxGraph graph, TensorInfo tensor, string real) =>
        graph.Node("QuantizeLinear", [real, .. Quantization(graph, tensor, real)], $"{real}.q");

    public string Load(OnnxGraph graph, TensorInfo tensor, string stored) =>
        graph.Node("DequantizeLinear", [stored, .. Quantization(graph, tensor, $"{stored}.d")], $"{stored}.real");

    public string Weights(OnnxGraph graph, string name, Filter filter, ReadOnlySpan<long> shape) =>
        PerChannel<sbyte>(graph, name, OnnxType.Int8, shape, filter.Values, filter.Scales);

    public string Bias(OnnxGraph graph, string name, Filter filter, float inputScale) => PerChannel<int>(
        graph, name, OnnxType.Int32, [filter.Channels], filter.Bias, [.. filter.Scales.Select(scale => scale * inputScale)]);

    private static string PerChannel<T>(
        OnnxGraph graph, string name, OnnxType type, ReadOnlySpan<long> shape, ReadOnlySpan<T> values, float[] scales)
        where T : unmanaged
    {
        string stored = graph.Constant($"{name}.q", type, shape, values);
        string scale = graph.Constant<float>($"{name}.scale", OnnxType.Single, [scales.Length], scales);
        string zero = graph.Constant<T>($"{name}.zero", type, [scales.Length], new T[scales.Length]);
        return graph.Node("DequantizeLinear", [stored, scale, zero], name, new OnnxAttribute("axis", 0));
    }

    private string[] Quantization(OnnxGraph graph, TensorInfo tensor, string name) =>
    [
        graph.Constant<float>($"{name}.scale", OnnxType.Single, [], [tensor.Scale]),
        graph.Constant<byte>($"{name}.zero", activations, [], [(byte)(tensor.ZeroPoint + Offset)]),
    ];
}
