using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>
/// What an operator of ONNX is: the shapes of its results, its definition in real numbers (onnx.ai/onnx/operators), and its
/// translation to operators of the runtime. The importer finds the classes by their <see cref="ImportsAttribute"/>.
/// </summary>
internal abstract class OnnxOperator
{
    /// <summary>The result has the elements of the first input, so that it keeps its quantization.</summary>
    public virtual bool KeepsQuantization(OnnxCall call) => false;

    /// <summary>The result is of the size of the first input, so that it gets its quantization where the model does not say.</summary>
    public virtual bool InheritsQuantization => false;

    /// <summary>The runtime's operator can clamp its result, as ReLU and Clip do.</summary>
    public virtual bool Clamps => false;

    /// <summary>Computed at once when all inputs are constants.</summary>
    public virtual bool Folds => true;

    /// <summary>How the result is quantized where the model does not say, or null.</summary>
    public virtual QuantizationParameters? Natural(OnnxCall call) => null;

    /// <summary>The results' shapes.</summary>
    public abstract int[][] Shapes(OnnxCall call);

    /// <summary>The results in real numbers; the call's shapes are those of the results.</summary>
    public abstract FloatTensor[] Evaluate(OnnxCall call, FloatTensor[] inputs);

    /// <summary>Adds operators of the runtime that compute the results.</summary>
    public abstract void Translate(OnnxTranslation t);

    private static readonly Dictionary<string, OnnxOperator> All = Find();

    /// <summary>Names of the operators that can be imported.</summary>
    public static IEnumerable<string> Supported => All.Keys.Order(StringComparer.Ordinal);

    /// <summary>The operator with a name, or null.</summary>
    public static OnnxOperator? Of(OnnxNode node) => All.GetValueOrDefault(node.Kind);

    private static Dictionary<string, OnnxOperator> Find()
    {
        var found = new Dictionary<string, OnnxOperator>(StringComparer.Ordinal);
        foreach (Type type in typeof(OnnxOperator).Assembly.GetTypes())
        {
            string[] names = [.. type.GetCustomAttributes<ImportsAttribute>(inherit: false).SelectMany(attribute => attribute.Names)];
            if (names.Length == 0) continue;
            var made = (OnnxOperator)Activator.CreateInstance(type, nonPublic: true)!;
            foreach (string name in names) found.Add(name, made);
        }
        return found;
    }
}

/// <summary>Says which operators of ONNX a class is.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ImportsAttribute(params string[] names) : Attribute
{
    public string[] Names { get; } = names;
}
