using System.Linq;
using EdgeCnn.Trainer.Import.Onnx;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Tests.Import.Onnx;

/// <summary>Small networks as exporters write them, with random weights.</summary>
internal static class OnnxNetworks
{
    internal static readonly int[] InputShape = [1, 2, 8, 6];

    /// <summary>Conv, ReLU, MaxPool, Conv with a residual Add, Flatten, Gemm, Softmax; QDQ between any two, with int8.</summary>
    internal static byte[] Quantized()
    {
        var file = new OnnxBytes();
        string x = Dequantized(file, file.Input("image", OnnxType.Int8, InputShape), 0.05f, 3);
        string first = Pair(file, file.Node("Relu", [Conv(file, x, "conv1", [4, 2, 3, 3], ("pads", Ones))], "relu1"), 0.03f, -128);
        string pooled = Pair(file, file.Node("MaxPool", [first], "pool", ("kernel_shape", Twos), ("strides", Twos)), 0.03f, -128);
        string second = Pair(file, Conv(file, pooled, "conv2", [4, 4, 3, 3], ("pads", Ones)), 0.06f, -10);
        string sum = Pair(file, file.Node("Relu", [file.Node("Add", [second, pooled], "sum")], "relu2"), 0.07f, -128);
        string flat = Pair(file, file.Node("Flatten", [sum], "flat"), 0.07f, -128);
        string scores = Pair(file, file.Node("Gemm", [flat, Weights(file, "dense", [5, 48], 0.0002f)], "scores", ("transB", 1)), 0.03f, 4);
        file.Node("Softmax", [scores], "probabilities");
        file.Output("probabilities", OnnxType.Float32, 1, 5);
        return file.File();
    }

    /// <summary>A network whose rows are H×W×C outside, with a Transpose before and after its convolution, as tf2onnx writes
    /// them.</summary>
    internal static byte[] Transposed()
    {
        var file = new OnnxBytes();
        string x = Dequantized(file, file.Input("image", OnnxType.UInt8, 1, 8, 6, 2), 0.05f, 3, OnnxType.UInt8);
        string image = Pair(file, file.Node("Transpose", [x], "nchw", ("perm", (int[])[0, 3, 1, 2])), 0.05f, 3, OnnxType.UInt8);
        string conv = Pair(file, Conv(file, image, "conv", [4, 2, 3, 3], ("strides", Twos)), 0.06f, -10, OnnxType.UInt8);
        file.Node("Transpose", [conv], "result", ("perm", (int[])[0, 2, 3, 1]));
        file.Output("result", OnnxType.Float32, 1, 3, 2, 4);
        return file.File();
    }

    /// <summary>The same layers in float: Conv with BatchNormalization, ReLU, pool, MatMul and Add, a reshape whose shape is
    /// computed.</summary>
    internal static byte[] Float(object? batch = null)
    {
        var file = new OnnxBytes();
        file.OpenInput("image", OnnxType.Float32, batch ?? 1, 2, 8, 6);
        string conv = file.Node("Conv", ["image", Reals(file, "filter", [4, 2, 3, 3], 0.3f), Reals(file, "bias", [4], 0.5f)], "conv",
            ("pads", Ones));
        string[] factors = [Reals(file, "gamma", [4], 0.8f), Reals(file, "beta", [4], 0.8f), Reals(file, "mean", [4], 0.8f)];
        string normal = file.Node("BatchNormalization", [conv, .. factors, file.Constant("variance", [4], 1, 2, 0.5f, 1)], "normal");
        string relu = file.Node("Relu", [normal], "relu");
        string pooled = file.Node("AveragePool", [relu], "pool", ("kernel_shape", Twos), ("strides", Twos));
        string sizes = file.Node("Shape", [pooled], "sizes");
        string rows = file.Node("Gather", [sizes, file.Integers("zero", 0)], "rows");
        string shape = file.Node("Concat", [rows, file.Integers("rest", -1)], "shape", ("axis", 0));
        string flat = file.Node("Reshape", [pooled, shape], "flat");
        string product = file.Node("MatMul", [flat, Reals(file, "dense", [48, 5], 0.2f)], "product");
        file.Node("Add", [product, Reals(file, "offset", [5], 0.5f)], "scores");
        file.Output("scores", OnnxType.Float32, 1, 5);
        return file.File();
    }

    /// <summary>Random int8 for an input of the networks.</summary>
    internal static sbyte[] Image(ulong seed)
    {
        var random = new SplitMix64(seed, 77);
        var values = new sbyte[InputShape.Aggregate(1, (product, size) => product * size)];
        for (int i = 0; i < values.Length; i++) values[i] = (sbyte)(random.Below(256) - 128);
        return values;
    }

    private static int[] Ones => [1, 1, 1, 1];

    private static int[] Twos => [2, 2];

    private static string Conv(OnnxBytes file, string input, string name, int[] shape, params (string, object)[] attributes) =>
        file.Node("Conv", [input, Weights(file, name, shape)], name, attributes);

    /// <summary>Weights per output channel, as int8 behind DequantizeLinear.</summary>
    private static string Weights(OnnxBytes file, string name, int[] shape, float step = 0.002f)
    {
        var random = new SplitMix64((ulong)name.Length + (ulong)shape[0], 5);
        var values = new byte[FloatTensor.Count(shape)];
        for (int i = 0; i < values.Length; i++) values[i] = unchecked((byte)(random.Below(255) - 127));
        file.Constant($"{name}.w", OnnxType.Int8, shape, values);
        file.Constant($"{name}.scale", [shape[0]], [.. Enumerable.Range(0, shape[0]).Select(c => step + step / 4 * c)]);
        file.Constant($"{name}.zero", OnnxType.Int8, [shape[0]], new byte[shape[0]]);
        return file.Node("DequantizeLinear", [$"{name}.w", $"{name}.scale", $"{name}.zero"], $"{name}.real", ("axis", 0));
    }

    private static string Reals(OnnxBytes file, string name, int[] shape, float reach)
    {
        var random = new SplitMix64((ulong)name.Length, 6);
        return file.Constant(name, shape,
            [.. Enumerable.Range(0, FloatTensor.Count(shape)).Select(_ => (random.Below(2001) - 1000) * reach / 1000)]);
    }

    private static string Pair(OnnxBytes file, string name, float scale, int zeroPoint, OnnxType type = OnnxType.Int8)
    {
        string[] quantization = Quantization(file, name, scale, zeroPoint, type);
        return file.Node("DequantizeLinear", [file.Node("QuantizeLinear", [name, .. quantization], $"{name}.q"), .. quantization],
            $"{name}.d");
    }

    private static string Dequantized(OnnxBytes file, string name, float scale, int zeroPoint, OnnxType type = OnnxType.Int8) =>
        file.Node("DequantizeLinear", [name, .. Quantization(file, name, scale, zeroPoint, type)], $"{name}.real");

    private static string[] Quantization(OnnxBytes file, string name, float scale, int zeroPoint, OnnxType type) =>
    [
        file.Constant($"{name}.s", [], scale),
        file.Constant($"{name}.z", type, [], [unchecked((byte)(type == OnnxType.UInt8 ? zeroPoint + 128 : zeroPoint))]),
    ];
}
