using System;
using EdgeCnn.Managed;

namespace EdgeCnn.Benchmarks.SideBySide.Onnx;

/// <summary>How a graph holds its numbers: what stands between the nodes, which are the same in every form.</summary>
internal unsafe interface INumbers
{
    /// <summary>Element type of the model's inputs.</summary>
    OnnxType InputType { get; }

    /// <summary>Writes an element of the model's input.</summary>
    void SetInput(void* elements, int index, TensorInfo input, sbyte q);

    /// <summary>Whether a result is held to its tensor's range without a node that does so.</summary>
    bool Saturates { get; }

    /// <summary>Keeps a tensor: from the name of its real value, if it was computed, to the name under which it is stored.</summary>
    string Store(OnnxGraph graph, TensorInfo tensor, string real);

    /// <summary>The real value of what is stored.</summary>
    string Load(OnnxGraph graph, TensorInfo tensor, string stored);

    /// <summary>Real weights.</summary>
    string Weights(OnnxGraph graph, string name, Filter filter, ReadOnlySpan<long> shape);

    /// <summary>Real biases.</summary>
    string Bias(OnnxGraph graph, string name, Filter filter, float inputScale);
}
