using System.Collections.Generic;

namespace EdgeCnn.Trainer.Import.Onnx;

/// <summary>An attribute of a node; which member counts follows from its name.</summary>
internal sealed record OnnxAttribute(long Integer, float Single, string Text, long[] Integers, float[] Singles, OnnxTensor? Tensor)
{
    public static OnnxAttribute Of(long value) => new(value, 0, "", [], [], null);

    public static OnnxAttribute Of(params long[] values) => new(0, 0, "", values, [], null);
}

/// <summary>An operator of the graph.</summary>
/// <param name="Index">Position in execution order.</param>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Kind">The operator; those outside ONNX's own set have their domain before it, with a point.</param>
/// <param name="Inputs">Names of what it reads; empty for an optional input that is absent.</param>
/// <param name="Outputs">Names of what it writes.</param>
/// <param name="Attributes">Its settings by name.</param>
internal sealed record OnnxNode(
    int Index, string Name, string Kind, string[] Inputs, string[] Outputs, IReadOnlyDictionary<string, OnnxAttribute> Attributes)
{
    public override string ToString() => Name.Length > 0 ? $"node {Index} {Kind} '{Shortened(Name)}'" : $"node {Index} {Kind}";

    /// <summary>A name as messages have it: its end says most.</summary>
    public static string Shortened(string name) => name.Length <= 40 ? name : "…" + name[^40..];
}
