using System;
using System.Linq;
using EdgeCnn.Managed;

namespace EdgeCnn.Benchmarks.SideBySide.Onnx;

/// <summary>Everything in single precision.</summary>
internal sealed unsafe class FloatNumbers : INumbers
{
    public OnnxType InputType => OnnxType.Single;

    public bool Saturates => false;

    public void SetInput(void* elements, int index, TensorInfo input, sbyte q) => ((float*)elements)[index] = input.Dequantize(q);

    public string Store(OnnxGraph graph, TensorInfo tensor, string real) => real;

    public string Load(OnnxGraph graph, TensorInfo tensor, string stored) => stored;

    public string Weights(OnnxGraph graph, string name, Filter filter, ReadOnlySpan<long> shape)
    {
        int depth = filter.Values.Length / filter.Channels;
        float[] values = [.. filter.Values.Select((q, i) => q * filter.Scales[i / depth])];
        return graph.Constant<float>(name, OnnxType.Single, shape, values);
    }

    public string Bias(OnnxGraph graph, string name, Filter filter, float inputScale)
    {
        float[] values = [.. filter.Bias.Select((q, c) => q * filter.Scales[c] * inputScale)];
        return graph.Constant<float>(name, OnnxType.Single, [filter.Channels], values);
    }
}
