using System;

namespace EdgeCnn.Benchmarks.SideBySide.OnnxRuntime;

/// <summary>ONNX Runtime refused something.</summary>
internal sealed class OrtException(string message) : Exception($"ONNX Runtime: {message}");
