using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Import.Onnx;

namespace EdgeCnn.Tests.Import.Onnx;

/// <summary>One-operator models of every operator that can be imported; a new one is a line here.</summary>
internal static class OnnxCases
{
    private static readonly int[] Image = [1, 4, 7, 6], Row = [2, 10];

    private static readonly string[] Functions =
    [
        "Abs", "Ceil", "Celu", "Cos", "Elu", "Erf", "Exp", "Floor", "HardSigmoid", "HardSwish", "LeakyRelu", "Mish", "Neg", "Relu", "Round",
        "Selu", "Sigmoid", "Sign", "Sin", "Softplus", "Softsign", "Tanh", "ThresholdedRelu",
    ];

    internal static IEnumerable<OnnxCase> All =>
    [
        .. Convolutions, .. Products, .. Pools, .. Elementwise, .. Reductions, .. Movements, .. Resizes,
        .. Functions.Select(kind => new OnnxCase($"{kind}", kind, Image) { Opset = kind == "Mish" ? 18 : 17 }),
        new OnnxCase("Gelu", "Gelu", Image) { Opset = 20 },
        new OnnxCase("Gelu tanh", "Gelu", Image) { Opset = 20, Attributes = [("approximate", "tanh")] },
        new OnnxCase("Clip", "Clip", Image) { Constants = [Number(-1), Number(1.5f)] },
        new OnnxCase("Log", "Log", Image) { IsPositive = true, SameQuantization = true },
        new OnnxCase("Sqrt", "Sqrt", Image) { IsPositive = true },
        new OnnxCase("Reciprocal", "Reciprocal", Image) { IsPositive = true, SameQuantization = true },
        new OnnxCase("Sigmoid unsigned", "Sigmoid", Image) { Type = OnnxType.UInt8 },
        new OnnxCase("Softmax", "Softmax", Row),
        new OnnxCase("Softmax of channels", "Softmax", Image) { Attributes = [("axis", 1)] },
        new OnnxCase("Softmax 11", "Softmax", Row) { Opset = 11, Attributes = [("axis", 1)] },
        new OnnxCase("LogSoftmax", "LogSoftmax", Row),
        new OnnxCase("BatchNormalization", "BatchNormalization", Image)
        {
            Constants = [Floats([4], 1f, -0.5f, 2, 0.1f), Floats([4], 0f, 1, -1, 0.5f), Floats([4], 0.1f, -0.2f, 0.3f, 0),
                Floats([4], 1f, 0.5f, 2, 1)],
        },
    ];

    private static IEnumerable<OnnxCase> Convolutions =>
    [
        new OnnxCase("Conv", "Conv", Image) { Weights = ([5, 4, 3, 3], 0, true) },
        new OnnxCase("Conv per tensor", "Conv", Image) { Weights = ([5, 4, 3, 3], -1, true) },
        new OnnxCase("Conv unsigned", "Conv", Image) { Weights = ([5, 4, 3, 3], 0, true), Type = OnnxType.UInt8 },
        new OnnxCase("Conv unsigned weights", "Conv", Image)
        {
            Weights = ([5, 4, 3, 3], -1, false), Type = OnnxType.UInt8, HasUnsignedWeights = true,
        },
        new OnnxCase("Conv padded, strided, dilated", "Conv", [2, 3, 11, 12])
        {
            Weights = ([6, 3, 3, 2], 0, true),
            Attributes = [("pads", Ints(1, 0, 2, 1)), ("strides", Ints(2, 1)), ("dilations", Ints(2, 3))],
        },
        new OnnxCase("Conv same upper", "Conv", [1, 3, 8, 9])
        {
            Weights = ([4, 3, 3, 3], 0, false), Attributes = [("auto_pad", "SAME_UPPER"), ("strides", Ints(2, 2))],
        },
        new OnnxCase("Conv same lower", "Conv", [1, 3, 8, 9])
        {
            Weights = ([4, 3, 2, 2], 0, false), Attributes = [("auto_pad", "SAME_LOWER")],
        },
        new OnnxCase("Conv one pixel", "Conv", Image) { Weights = ([9, 4, 1, 1], 0, true) },
        new OnnxCase("Conv depthwise", "Conv", Image)
        {
            Weights = ([4, 1, 3, 3], 0, true), Attributes = [("group", 4), ("pads", Ints(1, 1, 1, 1))],
        },
        new OnnxCase("Conv depthwise twice", "Conv", Image) { Weights = ([8, 1, 3, 3], 0, true), Attributes = [("group", 4)] },
        new OnnxCase("Conv groups", "Conv", Image) { Weights = ([6, 2, 3, 3], 0, true), Attributes = [("group", 2)] },
        new OnnxCase("Conv of a line", "Conv", [2, 3, 20])
        {
            Weights = ([5, 3, 4], 0, true), Attributes = [("pads", Ints(2, 1)), ("strides", Ints(3))],
        },
        new OnnxCase("Conv Relu", "Conv Relu", Image) { Weights = ([5, 4, 3, 3], 0, true) },
        new OnnxCase("ConvTranspose", "ConvTranspose", Image)
        {
            Weights = ([4, 5, 3, 3], 1, true), Attributes = [("strides", Ints(2, 2)), ("pads", Ints(1, 1, 0, 1))],
        },
        new OnnxCase("ConvTranspose output padding", "ConvTranspose", Image)
        {
            Weights = ([4, 3, 3, 3], 1, false),
            Attributes = [("strides", Ints(2, 2)), ("pads", Ints(1, 1, 1, 1)), ("output_padding", Ints(1, 1))],
        },
    ];

    private static IEnumerable<OnnxCase> Products =>
    [
        new OnnxCase("Gemm", "Gemm", Row) { Weights = ([10, 7], -1, true) },
        new OnnxCase("Gemm transposed", "Gemm", Row) { Weights = ([7, 10], 0, true), Attributes = [("transB", 1)] },
        new OnnxCase("Gemm scaled", "Gemm", Row)
        {
            Weights = ([7, 10], -1, true), Attributes = [("transB", 1), ("alpha", 0.5f), ("beta", 2f)],
        },
        new OnnxCase("MatMul", "MatMul", [2, 3, 10]) { Weights = ([10, 6], 1, false) },
        new OnnxCase("MatMul of activations", "MatMul", [2, 3, 8], [2, 8, 5]),
        new OnnxCase("MatMul of activations, one second", "MatMul", [2, 3, 8], [8, 5]),
    ];

    private static IEnumerable<OnnxCase> Pools =>
    [
        new OnnxCase("MaxPool", "MaxPool", Image)
        {
            Attributes = [("kernel_shape", Ints(2, 3)), ("strides", Ints(2, 1))], SameQuantization = true,
        },
        new OnnxCase("MaxPool padded", "MaxPool", Image)
        {
            Attributes = [("kernel_shape", Ints(3, 3)), ("strides", Ints(2, 2)), ("pads", Ints(1, 1, 1, 1))], SameQuantization = true,
        },
        new OnnxCase("MaxPool ceil", "MaxPool", Image)
        {
            Attributes = [("kernel_shape", Ints(2, 2)), ("strides", Ints(2, 2)), ("ceil_mode", 1)], SameQuantization = true,
        },
        new OnnxCase("MaxPool of a line", "MaxPool", [2, 3, 9])
        {
            Attributes = [("kernel_shape", Ints(3)), ("strides", Ints(2))], SameQuantization = true,
        },
        new OnnxCase("AveragePool", "AveragePool", Image) { Attributes = [("kernel_shape", Ints(2, 3))], SameQuantization = true },
        new OnnxCase("AveragePool rescaled", "AveragePool", Image) { Attributes = [("kernel_shape", Ints(3, 2))] },
        new OnnxCase("AveragePool padded", "AveragePool", Image)
        {
            Attributes = [("kernel_shape", Ints(3, 3)), ("pads", Ints(1, 1, 1, 1))], SameQuantization = true,
        },
        new OnnxCase("AveragePool padding counts", "AveragePool", Image)
        {
            Attributes = [("kernel_shape", Ints(3, 3)), ("pads", Ints(1, 1, 1, 1)), ("count_include_pad", 1)], SameQuantization = true,
        },
        new OnnxCase("GlobalAveragePool", "GlobalAveragePool", Image),
        new OnnxCase("GlobalMaxPool", "GlobalMaxPool", Image) { SameQuantization = true },
    ];

    private static IEnumerable<OnnxCase> Elementwise =>
    [
        .. from kind in Words("Add", "Sub", "Mul", "Max", "Min") select new OnnxCase(kind, kind, Image, Image) { Opset = 13 },
        .. from kind in Words("Add", "Sub", "Mul") select new OnnxCase($"{kind} of a channel", kind, Image, [4, 1, 1]),
        .. from kind in Words("Add", "Mul") select new OnnxCase($"{kind} of a smaller first", kind, [6], Image),
        .. from kind in Words("Add", "Sub", "Mul", "Div")
            select new OnnxCase($"{kind} of a constant", kind, Image) { Constants = [Floats([4, 1, 1], 0.5f, -1, 2, 1.5f)] },
        new OnnxCase("PRelu", "PRelu", Image) { Constants = [Floats([4, 1, 1], 0.1f, 0.2f, 0.05f, 0.3f)] },
        new OnnxCase("Add unsigned", "Add", Image, Image) { Type = OnnxType.UInt8 },
        new OnnxCase("Add Relu", "Add Relu", Image, Image),
    ];

    private static IEnumerable<OnnxCase> Reductions =>
    [
        .. from kind in Words("ReduceMean", "ReduceMax", "ReduceMin")
            select new OnnxCase(kind, kind, Image)
            {
                Attributes = [("axes", Ints(2, 3)), ("keepdims", 0)], SameQuantization = kind != "ReduceMean",
            },
        new OnnxCase("ReduceMean of channels", "ReduceMean", Image) { Attributes = [("axes", Ints(1)), ("keepdims", 1)] },
        new OnnxCase("ReduceSum", "ReduceSum", Image) { Constants = [Longs(-1)] },
        new OnnxCase("ReduceMean 18", "ReduceMean", Row) { Opset = 18, Constants = [Longs(1)], Attributes = [("keepdims", 0)] },
    ];

    private static IEnumerable<OnnxCase> Movements =>
    [
        new OnnxCase("Concat", "Concat", Image, [1, 2, 7, 6], [1, 1, 7, 6]) { Attributes = [("axis", 1)] },
        new OnnxCase("Concat of rows", "Concat", Image, [1, 4, 3, 6]) { Attributes = [("axis", -2)], SameQuantization = true },
        new OnnxCase("Pad", "Pad", Image) { Constants = [Longs(0, 0, 1, 2, 0, 1, 2, 0), Number(0.5f)], SameQuantization = true },
        new OnnxCase("Pad reflect", "Pad", Image)
        {
            Constants = [Longs(0, 0, 1, 2, 0, 0, 2, 0)], Attributes = [("mode", "reflect")], SameQuantization = true,
        },
        new OnnxCase("Pad edge", "Pad", Image)
        {
            Constants = [Longs(0, 0, 1, 2, 0, 0, 2, 0)], Attributes = [("mode", "edge")], SameQuantization = true,
        },
        new OnnxCase("Reshape", "Reshape", Image) { Constants = [Longs(0, -1, 12)], SameQuantization = true },
        new OnnxCase("Flatten", "Flatten", Image) { SameQuantization = true },
        new OnnxCase("Squeeze", "Squeeze", [1, 4, 1, 6]) { Constants = [Longs(2)], SameQuantization = true },
        new OnnxCase("Unsqueeze", "Unsqueeze", [4, 6]) { Constants = [Longs(0, 3)], SameQuantization = true },
        new OnnxCase("Transpose", "Transpose", [2, 3, 4, 5]) { Attributes = [("perm", Ints(2, 0, 3, 1))], SameQuantization = true },
        new OnnxCase("Slice", "Slice", Image)
        {
            Constants = [Longs(1, -1), Longs(long.MaxValue, long.MinValue), Longs(1, 2), Longs(2, -2)], SameQuantization = true,
        },
        new OnnxCase("Split", "Split", Image)
        {
            Outputs = 2, Constants = [Longs(1, 3)], Attributes = [("axis", 1)], SameQuantization = true,
        },
        new OnnxCase("Gather", "Gather", Image) { Constants = [Longs(2, 0, -1)], Attributes = [("axis", 1)], SameQuantization = true },
        new OnnxCase("DepthToSpace", "DepthToSpace", [1, 8, 3, 4]) { Attributes = [("blocksize", 2)], SameQuantization = true },
        new OnnxCase("DepthToSpace CRD", "DepthToSpace", [1, 8, 3, 4])
        {
            Attributes = [("blocksize", 2), ("mode", "CRD")], SameQuantization = true,
        },
        new OnnxCase("SpaceToDepth", "SpaceToDepth", [1, 3, 4, 6]) { Attributes = [("blocksize", 2)], SameQuantization = true },
    ];

    private static IEnumerable<OnnxCase> Resizes =>
    [
        .. from mode in Words("half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel")
            from nearest in Words("round_prefer_floor", "round_prefer_ceil", "floor", "ceil")
            select new OnnxCase($"Resize nearest {mode} {nearest}", "Resize", [1, 2, 3, 4])
            {
                Constants = [null, null, Longs(1, 2, 7, 6)], SameQuantization = true,
                Attributes = [("mode", "nearest"), ("coordinate_transformation_mode", mode), ("nearest_mode", nearest)],
            },
        .. from mode in Words("half_pixel", "asymmetric", "align_corners")
            select new OnnxCase($"Resize linear {mode}", "Resize", [1, 2, 3, 4])
            {
                Constants = [null, null, Longs(1, 2, 6, 8)], SameQuantization = true,
                Attributes = [("mode", "linear"), ("coordinate_transformation_mode", mode)],
            },
        new OnnxCase("Resize scales", "Resize", [1, 2, 3, 4])
        {
            Constants = [null, Floats([4], 1, 1, 2, 1.5f)], SameQuantization = true, Attributes = [("mode", "nearest")],
        },
    ];

    private static object Number(float value) => Floats([], value);

    private static object Floats(int[] shape, params float[] values) => (shape, values);

    private static string[] Words(params string[] values) => values;

    private static int[] Ints(params int[] values) => values;

    private static long[] Longs(params long[] values) => values;
}
