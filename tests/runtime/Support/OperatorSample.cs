using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Tests;

/// <summary>
/// A small random model of one operator, and what it is in real numbers: the classes under Support/Models describe every operator.
/// </summary>
/// <param name="Model">The model.</param>
/// <param name="Definition">From the inputs' real values to the output's, both row-major.</param>
/// <param name="Bound">How many steps of the output the integers may be off.</param>
internal sealed record OperatorSample(IntegerModel Model, Func<double[][], double[]> Definition, double Bound)
{
    private static readonly MethodInfo[] Makers = [.. typeof(OperatorSample).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic))
        .Where(method => method.GetCustomAttribute<SampleAttribute>() is not null)
        .OrderBy(method => method.Name, StringComparer.Ordinal)];

    private byte[]? _file;

    internal byte[] File => _file ??= ModelWriter.Write(Model);

    internal string Name => $"{OperatorTable.Name(Model.Operators[0].Code)} on {string.Join(", ", Model.Tensors.Select(Describe))}";

    /// <summary>One model of every operator, drawn from <paramref name="seed"/>.</summary>
    internal static IEnumerable<OperatorSample> All(ulong seed) => Makers.Select((make, i) =>
        make.CreateDelegate<Func<SampleRandom, OperatorSample>>()(new SampleRandom(new SplitMix64(seed, (ulong)i))));

    /// <summary>The elements of a tensor as real numbers.</summary>
    internal static double[] Dequantize(ReadOnlySpan<byte> bytes, IntegerTensor tensor)
    {
        double[] real = new double[tensor.Elements];
        for (int i = 0; i < real.Length; i++) real[i] = tensor.Quantization.Dequantize(Integer(bytes, tensor.Type, i));
        return real;
    }

    /// <summary>One element.</summary>
    internal static int Integer(ReadOnlySpan<byte> bytes, int type, int index) => type switch
    {
        ElementType.Int8 => (sbyte)bytes[index],
        ElementType.UInt8 => bytes[index],
        ElementType.Int16 => BitConverter.ToInt16(bytes[(2 * index)..]),
        _ => BitConverter.ToInt32(bytes[(4 * index)..]),
    };

    /// <summary>A model of one operator.</summary>
    /// <param name="code">The operator.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="output">Its output.</param>
    /// <param name="own">The record's own bytes.</param>
    /// <param name="complete">Sets scales and constants.</param>
    internal static IntegerModel Of(
        int code, IntegerTensor[] inputs, IntegerTensor output, byte[] own, Func<IntegerOperator, IntegerOperator>? complete = null)
    {
        var model = new IntegerModel();
        for (int i = 0; i < inputs.Length; i++)
        {
            model.Tensors.Add(inputs[i]);
            model.Inputs.Add(new InputDescription($"input {i}", ChannelOrder.None, null));
        }
        model.Tensors.Add(output);
        model.Outputs.Add(new OutputDescription(inputs.Length, "output", []));
        var op = new IntegerOperator(code, [.. Enumerable.Range(0, inputs.Length)], inputs.Length, own);
        model.Operators.Add(complete is null ? op : complete(op));
        return model;
    }

    private static string Describe(IntegerTensor tensor) => $"[{string.Join(", ", tensor.Shape)}] {tensor.Quantization}";
}

/// <summary>Marks a static method <c>OperatorSample M(SampleRandom random)</c> that makes models of one operator.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SampleAttribute : Attribute;
