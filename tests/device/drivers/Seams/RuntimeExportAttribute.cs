using System;

namespace System.Runtime;

/// <summary>Names a method for assembly code, of which there is none here.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuntimeExportAttribute(string symbol) : Attribute
{
    /// <summary>The name.</summary>
    public string Symbol { get; } = symbol;
}
