using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Quantization;
using Xunit;

namespace EdgeCnn.Tests.Operators;

/// <summary>
/// Every operator against its definition in real numbers, over random shapes, scales and zero points: off by no more steps of the output
/// than its sample derives.
/// </summary>
public sealed unsafe class OperatorBoundTests
{
    [Fact]
    public void Integer_output_is_within_the_stated_bound_of_the_definition()
    {
        var worst = new SortedDictionary<string, (double Error, double Bound)>(StringComparer.Ordinal);
        int compared = 0;
        foreach (OperatorSample sample in OperatorHarnessTests.Samples())
        {
            double largest = 0;
            foreach ((int found, double exact) in Results(sample))
            {
                compared++;
                double held = Math.Clamp(exact, ElementType.Min(Output(sample).Type), ElementType.Max(Output(sample).Type));
                largest = Math.Max(largest, Math.Abs(held - found));
                if (!(Math.Abs(held - found) <= sample.Bound)) Assert.Fail($"{sample.Name}: {found}, exactly {held} ± {sample.Bound}");
            }
            string name = $"{OperatorTable.Name(sample.Model.Operators[0].Code)} {TypeName(sample.Model.Tensors[0])}";
            (double error, double bound) = worst.GetValueOrDefault(name);
            worst[name] = (Math.Max(error, largest), Math.Max(bound, sample.Bound));
        }
        Assert.InRange(compared, 20_000, int.MaxValue);
        Measured.Note("largest error of each operator in steps of its output (bound): " + string.Join(", ", worst.Select(
            entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value.Error:f2} ({entry.Value.Bound:f2})"))));
    }

    /// <summary>The bound above means something only if the samples reach what goes wrong easily.</summary>
    [Fact]
    public void Samples_reach_the_corners()
    {
        var corners = new Dictionary<string, HashSet<string>>();
        foreach (OperatorSample sample in OperatorHarnessTests.Samples())
        {
            string name = OperatorTable.Name(sample.Model.Operators[0].Code);
            if (!corners.TryGetValue(name, out HashSet<string>? seen)) corners[name] = seen = [];
            seen.UnionWith(Corners(sample));
        }
        string[] everywhere = ["batch", "one place", "odd channels", "zero point low", "zero point high"];
        string[] weighted = ["saturated low", "saturated high", "no bias", "right shift"], steep = ["left shift"];
        List<string> absent = [];
        foreach ((string name, HashSet<string> seen) in corners)
        {
            bool isWide = name.Contains("16", StringComparison.Ordinal) || name == nameof(Sigmoid);
            IEnumerable<string> wanted = isWide ? everywhere.Take(3) : everywhere;
            if (seen.Contains("weights")) wanted = wanted.Concat(weighted);
            if (seen.Contains("weights") && !isWide) wanted = wanted.Concat(steep);
            absent.AddRange(wanted.Except(seen).Select(corner => $"{name}: {corner}"));
        }
        Assert.Empty(absent);
        Assert.Equal(9, corners.Values.Count(seen => seen.Contains("weights") && seen.Contains("left shift")));
    }

    private static IEnumerable<string> Corners(OperatorSample sample)
    {
        IntegerTensor x = sample.Model.Tensors[0];
        IntegerOperator op = sample.Model.Operators[0];
        if (x.Shape.Count > 1 && x.Shape[0] > 1) yield return "batch";
        if (x.Shape.Skip(1).SkipLast(1).All(size => size == 1)) yield return "one place";
        if (x.Shape[^1] % 2 == 1) yield return "odd channels";
        if (x.Type == ElementType.Int8 && x.Quantization.ZeroPoint == -128) yield return "zero point low";
        if (x.Type == ElementType.Int8 && x.Quantization.ZeroPoint == 127) yield return "zero point high";
        if (op.Weights is not { } weights) yield break;
        yield return "weights";
        int depth = weights.Values.Length / weights.Bias.Length;
        int[] folded = [.. weights.Values.Chunk(depth).Select(values => -x.Quantization.ZeroPoint * values.Sum(value => value))];
        if (weights.Bias.SequenceEqual(op.Code == SumPool.Code ? new int[folded.Length] : folded)) yield return "no bias";
        if (weights.Multipliers.Any(multiplier => multiplier.Shift > 0)) yield return "left shift";
        if (weights.Multipliers.Any(multiplier => multiplier.Shift < 0)) yield return "right shift";
        foreach ((_, double exact) in Results(sample))
        {
            if (exact < ElementType.Min(Output(sample).Type)) yield return "saturated low";
            if (exact > ElementType.Max(Output(sample).Type)) yield return "saturated high";
        }
    }

    /// <summary>Each element of the output, and what it should be in steps of the output, which may be beyond its range.</summary>
    private static List<(int Found, double Exact)> Results(OperatorSample sample)
    {
        IntegerTensor output = Output(sample);
        using EdgeModel model = EdgeModel.Open(sample.File);
        SelfTest.FillInputs(model.ModelPointer, model.ArenaPointer, 7);
        double[][] inputs = [.. model.Inputs.Select((input, i) => OperatorSample.Dequantize(model.Bytes(input), sample.Model.Tensors[i]))];
        model.Run();
        double[] expected = sample.Definition(inputs);
        List<(int, double)> results = [];
        for (int i = 0; i < expected.Length; i++)
            results.Add((
                OperatorSample.Integer(model.Bytes(model.Outputs[0]), output.Type, i),
                expected[i] / output.Quantization.Scale + output.Quantization.ZeroPoint));
        return results;
    }

    private static IntegerTensor Output(OperatorSample sample) => sample.Model.Tensors[^1];

    private static string TypeName(IntegerTensor tensor) => tensor.Type switch
    {
        ElementType.Int8 => "int8",
        ElementType.Int16 => "int16",
        ElementType.UInt8 => "uint8",
        _ => "int32",
    };
}
