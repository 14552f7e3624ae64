using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import;
using EdgeCnn.Trainer.Import.Onnx;
using EdgeCnn.Trainer.Import.Onnx.Calibration;
using EdgeCnn.Trainer.Quantization;
using Xunit;

namespace EdgeCnn.Tests.Import.Onnx;

/// <summary>Whole ONNX models: what becomes of them, what is fused, and what is refused.</summary>
public sealed class OnnxImporterTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_quantized_network_answers_as_ONNX_defines_it(bool fuse)
    {
        byte[] file = OnnxNetworks.Quantized();
        IntegerModel model = OnnxImporter.Import(file, fuse);
        int worst = 0;
        for (ulong seed = 0; seed < 50; seed++)
        {
            sbyte[] image = OnnxNetworks.Image(seed), answer = OnnxDefinition.RunImported(model, (image, OnnxNetworks.InputShape));
            float[] expected = OnnxDefinition.Run(file, image);
            QuantizationParameters steps = model.Tensors[model.Outputs[0].Tensor].Quantization;
            worst = Math.Max(worst, expected.Zip(answer, (real, q) => Math.Abs(steps.Quantize(real) - q)).Max());
        }
        Measured.Note($"ONNX: a quantized network of seven layers, worst distance from its definition {worst} steps of 1/256");
        Assert.InRange(worst, 0, model.Operators.Count);
    }

    [Fact]
    public void Nothing_is_left_of_a_network_but_its_layers() => Assert.Equal(
        [Conv2D.Code, MaxPool.Code, Conv2D.Code, Add.Code, FullyConnected.Code, Softmax.Code],
        OnnxImporter.Import(OnnxNetworks.Quantized()).Operators.Select(op => op.Code));

    [Fact]
    public void Transposes_around_a_network_cost_nothing()
    {
        IntegerModel model = OnnxImporter.Import(OnnxNetworks.Transposed());

        Assert.Equal([Conv2D.Code], model.Operators.Select(op => op.Code));
        Assert.Equal([1, 8, 6, 2], model.Tensors[0].Shape);
        Assert.Equal([1, 3, 2, 4], model.Tensors[model.Outputs[0].Tensor].Shape);
        Assert.Equal(new QuantizationParameters(0.05f, 3), model.Tensors[0].Quantization);
    }

    [Fact]
    public void A_network_in_float_is_quantized_with_examples()
    {
        using var folder = new ExampleFiles();
        IntegerModel model = OnnxImporter.Import(OnnxNetworks.Float(), examples: new ExampleFolder(folder.Path));

        Assert.Equal([Conv2D.Code, AveragePool.Code, FullyConnected.Code], model.Operators.Select(op => op.Code));
        QuantizationParameters input = model.Tensors[0].Quantization, output = model.Tensors[model.Outputs[0].Tensor].Quantization;
        foreach (float[] example in folder.Examples)
        {
            float[] expected = OnnxFloat.Run(OnnxNetworks.Float(), example);
            sbyte[] answer = OnnxDefinition.RunImported(model, ([.. example.Select(x => input.Quantize(x))], OnnxNetworks.InputShape));
            Assert.All(expected.Zip(answer),
                pair => Assert.InRange(Math.Abs(pair.First - output.Dequantize(pair.Second)), 0, 6 * output.Scale));
        }
    }

    [Fact]
    public void A_batch_of_unknown_size_is_one_sample()
    {
        using var folder = new ExampleFiles();
        IntegerModel model = OnnxImporter.Import(OnnxNetworks.Float("N"), examples: new ExampleFolder(folder.Path));
        Assert.Equal([1, 8, 6, 2], model.Tensors[0].Shape);
    }

    [Fact]
    public void Operators_on_integers_are_what_they_mean_in_real_numbers()
    {
        var file = new OnnxBytes();
        file.Input("a", OnnxType.UInt8, 1, 6);
        string[] a = [file.Constant("as", [], 0.05f), file.Constant("az", OnnxType.UInt8, [], [120])];
        string[] y = [file.Constant("ys", [], 0.02f), file.Constant("yz", OnnxType.UInt8, [], [100])];
        string[] w = [file.Constant("w", OnnxType.Int8, [6, 3], [.. Enumerable.Range(0, 18).Select(i => (byte)(i * 37))]),
            file.Constant("ws", [3], 0.01f, 0.02f, 0.03f), file.Constant("wz", OnnxType.Int8, [3], new byte[3])];
        file.Node("QLinearMatMul", ["a", .. a, .. w, .. y], "p");
        file.Node("com.microsoft.QLinearAdd", ["p", .. y, "p", .. y, .. y], "s");
        file.Node("com.microsoft.QLinearSigmoid",
            ["s", .. y, file.Constant("ps", [], 1f / 256), file.Constant("pz", OnnxType.UInt8, [], [0])], "r");
        file.Output("r", OnnxType.UInt8, 1, 3);

        IntegerModel model = OnnxImporter.Import(file.File());
        sbyte[] values = [-128, -60, 0, 33, 90, 127];

        Assert.Equal([FullyConnected.Code, Add.Code, Lookup.Code], model.Operators.Select(op => op.Code));
        sbyte[] answer = OnnxDefinition.RunImported(model, (values, [1, 6]));
        Assert.All(OnnxDefinition.Run(file.File(), values).Zip(answer), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 3));
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "float", "the model is in float: give a folder of example inputs with --calibrate" },
        { "unknown", "node 0 Einsum 'y' on 'x' [1, 4]: this operator can't be imported" },
        { "integer", "node 1 ConvInteger 'y'" },
        { "open", "dimension 2 ('height') of input 'x' is known only at run time" },
        { "asymmetric", "the weights are asymmetric (zero point 3)" },
        { "external", "has its data in another file" },
        { "opset", "version 5 of ONNX's operators" },
        { "unquantized", "its result is not quantized: there is no QuantizeLinear behind it" },
        { "missing", "'nowhere' is written by no operator before it" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_cannot_be_imported_is_refused_with_the_reason(string what, string reason)
    {
        ImportException refused = Assert.Throws<ImportException>(() => OnnxImporter.Import(OnnxRefusals.File(what)));
        Assert.Contains(refused.Reasons, line => line.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void All_reasons_come_at_once()
    {
        ImportException refused = Assert.Throws<ImportException>(() => OnnxImporter.Import(OnnxRefusals.File("several")));
        Assert.Equal(["Einsum", "Det"], refused.Reasons.Select(reason => reason.Split(' ')[2]));
    }

    /// <summary>Twenty examples as one .npy file.</summary>
    private sealed class ExampleFiles : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgecnn-examples");

        public ExampleFiles()
        {
            Examples = [.. Enumerable.Range(0, 20).Select(seed => OnnxNetworks.Image((ulong)seed).Select(q => q / 64f).ToArray())];
            NumpyBytes.Write(System.IO.Path.Combine(Path, "examples.npy"), [20, .. OnnxNetworks.InputShape.Skip(1)],
                [.. Examples.SelectMany(values => values)]);
        }

        public string Path => _folder.FullName;

        public List<float[]> Examples { get; }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
