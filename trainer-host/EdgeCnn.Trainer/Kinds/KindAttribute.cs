using System;

namespace EdgeCnn.Trainer.Kinds;

/// <summary>
/// Gives a layer, loss, optimizer, schedule, initializer or data source the name that recipes call it by. The parameters of its
/// constructor are its settings; nothing else has to know the type.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class KindAttribute(string name) : Attribute
{
    /// <summary>The name in recipes, camelCase, for example <c>maxPool</c>.</summary>
    public string Name { get; } = name;
}
