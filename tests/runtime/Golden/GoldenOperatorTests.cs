using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;
using Xunit;

namespace EdgeCnn.Tests.Golden;

/// <summary>
/// Operators without weights against what TensorFlow Lite Micro's reference kernels answer (golden/ops): every byte equal. Shapes,
/// scales and attributes come from the index beside the models.
/// </summary>
public sealed class GoldenOperatorTests
{
    private static readonly string Folder = Path.Combine(Repository.Shared, "golden", "ops");

    [Theory]
    [InlineData("SOFTMAX", 9)]
    [InlineData("MAX_POOL_2D", 5)]
    [InlineData("AVERAGE_POOL_2D", 6)]
    public void Every_int8_variant_gives_the_reference_answers(string name, int variants)
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Folder, "index.json")), $"no golden data in {Folder}; set EDGECNN_SHARED");
        using JsonDocument index = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "index.json")));
        JsonElement[] cases = [.. index.RootElement.EnumerateArray().Where(test => test.GetProperty("operator").GetString() == name && IsInt8(test))];
        Assert.Equal(variants, cases.Length);
        foreach (JsonElement test in cases)
        {
            string variant = test.GetProperty("variant").GetString()!, folder = Path.Combine(Folder, name, variant);
            using EdgeModel model = EdgeModel.Open(ModelWriter.Write(Model(test, name)));
            for (int set = 0; set < test.GetProperty("sets").GetInt32(); set++)
            {
                MemoryMarshal.Cast<byte, sbyte>(File.ReadAllBytes(Path.Combine(folder, $"in0_{set}.bin"))).CopyTo(model.Input);
                model.Run();
                byte[] expected = File.ReadAllBytes(Path.Combine(folder, $"out0_{set}.bin"));
                Assert.True(MemoryMarshal.AsBytes(model.Output).SequenceEqual(expected), $"{name} {variant}, set {set}");
            }
        }
    }

    private static bool IsInt8(JsonElement test) =>
        test.GetProperty("inputs").EnumerateArray().Concat(test.GetProperty("outputs").EnumerateArray())
            .All(tensor => tensor.GetProperty("type").GetString() == "INT8");

    private static IntegerModel Model(JsonElement test, string name)
    {
        IntegerTensor input = Tensor(test.GetProperty("inputs")[0]), output = Tensor(test.GetProperty("outputs")[0]);
        JsonElement attributes = test.GetProperty("operators")[0].GetProperty("attributes");
        (int code, byte[] own) = name switch
        {
            "SOFTMAX" => (Softmax.Code, OwnFields.Softmax(attributes.GetProperty("beta").GetDouble() * input.Quantization.Scale)),
            "MAX_POOL_2D" => (MaxPool.Code, PoolFields(attributes, input, output)),
            "AVERAGE_POOL_2D" => (AveragePool.Code, PoolFields(attributes, input, output)),
            _ => throw new ArgumentException($"no translation of {name}", nameof(name)),
        };
        var model = new IntegerModel();
        model.Tensors.Add(input);
        model.Tensors.Add(output);
        model.Inputs.Add(new InputDescription("x", ChannelOrder.None, null));
        model.Outputs.Add(new OutputDescription(1, "y", []));
        model.Operators.Add(new IntegerOperator(code, [0], 1, own));
        return model;
    }

    private static IntegerTensor Tensor(JsonElement tensor) => new(
        [.. tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())],
        new QuantizationParameters(tensor.GetProperty("scale")[0].GetSingle(), tensor.GetProperty("zero_point")[0].GetInt32()));

    private static byte[] PoolFields(JsonElement attributes, IntegerTensor input, IntegerTensor output)
    {
        int kernelHeight = attributes.GetProperty("filter_height").GetInt32(), kernelWidth = attributes.GetProperty("filter_width").GetInt32();
        int strideY = attributes.GetProperty("stride_h").GetInt32(), strideX = attributes.GetProperty("stride_w").GetInt32();
        bool same = attributes.GetProperty("padding").GetString() == "SAME";
        var window = new Trainer.Layers.Window(
            new Trainer.Shape(input.Shape[1], input.Shape[2], input.Shape[3]), new Trainer.Extent(kernelHeight, kernelWidth),
            new Trainer.Extent(strideY, strideX), same ? Trainer.Layers.Padding.SameSize : default);
        byte[] own = OwnFields.Of(window);
        (double min, double max) = Activations[attributes.GetProperty("fused_activation_function").GetString()!];
        OwnFields.SetClamp(own, output.Quantization, min, max);
        return own;
    }

    private static readonly Dictionary<string, (double Min, double Max)> Activations = new(StringComparer.Ordinal)
    {
        ["NONE"] = (double.NegativeInfinity, double.PositiveInfinity),
        ["RELU"] = (0, double.PositiveInfinity),
        ["RELU6"] = (0, 6),
        ["RELU_N1_TO_1"] = (-1, 1),
    };
}
