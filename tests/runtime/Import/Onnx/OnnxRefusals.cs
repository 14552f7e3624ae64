using System;
using EdgeCnn.Trainer.Import.Onnx;

namespace EdgeCnn.Tests.Import.Onnx;

/// <summary>Models that can't be imported.</summary>
internal static class OnnxRefusals
{
    internal static byte[] File(string what)
    {
        var file = new OnnxBytes();
        switch (what)
        {
            case "float":
                file.Node("Relu", [file.Input("x", OnnxType.Float32, 1, 4)], "y");
                break;
            case "unknown":
                file.Node("Einsum", [file.Input("x", OnnxType.Float32, 1, 4)], "y");
                break;
            case "several":
                string x = Real(file, file.Input("x", OnnxType.Int8, 1, 4)), between = file.Node("Einsum", [x], "z");
                file.Node("Add", [between, file.Node("Det", [x], "w")], "sum");
                Integers(file, "sum", "y");
                break;
            case "integer":
                string image = file.Input("x", OnnxType.UInt8, 1, 1, 4, 4);
                Real(file, image);
                file.Node("ConvInteger", [image, file.Constant("w", OnnxType.Int8, [1, 1, 1, 1], [1])], "y");
                break;
            case "open":
                file.Node("Relu", [file.OpenInput("x", OnnxType.Float32, 1, 3, "height", 5)], "y");
                break;
            case "asymmetric":
                string scale = file.Constant("s", [], 0.1f), zero = file.Constant("z", OnnxType.Int8, [], [3]);
                string weights = file.Node("DequantizeLinear", [file.Constant("w", OnnxType.Int8, [4, 2], new byte[8]), scale, zero], "wr");
                Integers(file, file.Node("MatMul", [Real(file, file.Input("x", OnnxType.Int8, 1, 4)), weights], "m"), "y");
                break;
            case "external":
                file.Raw(OnnxBytes.Tensor("w", OnnxType.Float32, [4], [], isExternal: true));
                file.Node("Add", [file.Input("x", OnnxType.Float32, 1, 4), "w"], "y");
                break;
            case "opset":
                file.Node("Relu", [file.Input("x", OnnxType.Float32, 1, 4)], "y");
                file.Output("y", OnnxType.Float32, 1, 4);
                return file.File(opset: 5);
            case "unquantized":
                file.Node("Exp", [Real(file, file.Input("x", OnnxType.Int8, 1, 4))], "y");
                break;
            case "missing":
                Integers(file, file.Node("Add", [Real(file, file.Input("x", OnnxType.Int8, 1, 4)), "nowhere"], "sum"), "y");
                break;
            default:
                throw new ArgumentException($"there is no case '{what}'");
        }
        file.Output("y", OnnxType.Float32, 1, 4);
        return file.File();
    }

    private static string Real(OnnxBytes file, string name) =>
        file.Node("DequantizeLinear", [name, .. Quantization(file, name)], name + ".r");

    private static void Integers(OnnxBytes file, string name, string output) =>
        file.Node("QuantizeLinear", [name, .. Quantization(file, name)], output);

    private static string[] Quantization(OnnxBytes file, string name) =>
        [file.Constant(name + ".s", [], 0.1f), file.Constant(name + ".z", OnnxType.Int8, [], [0])];
}
