using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Import.Onnx;
using EdgeCnn.Trainer.Quantization;
using Xunit;

namespace EdgeCnn.Tests.Import.Onnx;

/// <summary>Every operator that can be imported from ONNX, within one step of its definition in real numbers, and of ONNX
/// Runtime.</summary>
public sealed class OnnxOperatorTests
{
    public static TheoryData<string> Names => [.. OnnxCases.All.Select(test => test.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_imported_operator_is_within_one_step_of_its_definition(string name)
    {
        OnnxCase test = Case(name);
        FloatTensor[] real = test.Real();

        Assert.InRange(Distance(Definition(test, real), Answers(test, real)), 0, 1);
    }

    [Fact]
    public void Imported_operators_are_within_one_step_of_ONNX_Runtime()
    {
        var recorded = OnnxRuntimeRecord.Read();
        var distances = new Dictionary<string, (int Distance, int Unequal, int All)>();
        foreach (OnnxCase test in OnnxCases.All)
        {
            FloatTensor[] real = test.Real();
            sbyte[][] peer = recorded[test.Name].Apply(Definition(test, real)), own = Answers(test, real);
            int unequal = peer.SelectMany((result, i) => result.Zip(own[i])).Count(pair => pair.First != pair.Second);
            distances[test.Name] = (Distance(peer, own), unequal, own.Sum(result => result.Length));
        }

        (string worst, (int distance, int count, int all)) = distances.MaxBy(entry => (entry.Value.Distance, entry.Value.Unequal));
        Measured.Note($"ONNX: {distances.Count} one-operator models, worst distance from ONNX Runtime {distance} step "
            + $"('{worst}', {count} of {all} elements); {distances.Count(entry => entry.Value.Distance == 0)} models equal");
        Assert.All(distances, entry => Assert.InRange(entry.Value.Distance, 0, 1));
        Assert.Equal(OnnxCases.All.Select(test => test.Name).Order(StringComparer.Ordinal), recorded.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Models_are_written_for_ONNX_Runtime_to_answer()
    {
        Assert.SkipUnless(OnnxRuntimeRecord.CasesFolder is not null, "only for record-onnxruntime.sh");
        foreach (OnnxCase test in OnnxCases.All)
        {
            FloatTensor[] real = test.Real();
            OnnxRuntimeRecord.Write(test, real, Definition(test, real));
        }
    }

    private static OnnxCase Case(string name) => OnnxCases.All.Single(test => test.Name == name);

    private static sbyte[][] Definition(OnnxCase test, FloatTensor[] real) =>
        [.. real.Select(result => result.Values.Select(x => Nearest(test.Output(real), x)).ToArray())];

    /// <summary>ONNX's QuantizeLinear: ties to even.</summary>
    private static sbyte Nearest(QuantizationParameters quantization, float x) =>
        (sbyte)Math.Clamp(MathF.Round(x / quantization.Scale) + quantization.ZeroPoint, sbyte.MinValue, sbyte.MaxValue);

    private static int Distance(sbyte[][] expected, sbyte[][] actual) =>
        expected.SelectMany((result, i) => result.Zip(actual[i], (a, b) => Math.Abs(a - b))).Max();

    /// <summary>What the runtime computes, in ONNX's order of axes.</summary>
    private static sbyte[][] Answers(OnnxCase test, FloatTensor[] real)
    {
        using EdgeModel model = EdgeModel.Open(ModelWriter.Write(OnnxImporter.Import(test.File(real))));
        for (int i = 0; i < test.Inputs.Length; i++)
        {
            int[] shape = test.Inputs[i];
            bool isImage = shape.Length == 4 && test.Kind != "Transpose";
            sbyte[] values = isImage ? OnnxDefinition.Moved(test.Values(i), shape, [0, 2, 3, 1]) : test.Values(i);
            values.Select(q => unchecked((byte)q)).ToArray().CopyTo(model.Bytes(model.Inputs[i]));
        }
        model.Run();
        return [.. real.Select((result, i) =>
        {
            sbyte[] values = [.. model.Bytes(model.Outputs[i]).ToArray().Select(q => unchecked((sbyte)q))];
            int[] shape = result.Shape;
            bool isImage = shape.Length == 4 && test.Kind != "Transpose";
            return isImage ? OnnxDefinition.Moved(values, [shape[0], shape[2], shape[3], shape[1]], [0, 3, 1, 2]) : values;
        })];
    }
}
