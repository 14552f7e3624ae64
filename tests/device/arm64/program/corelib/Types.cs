namespace System;

/// <summary>A pointer-sized unsigned integer: the size of what <c>stackalloc</c> takes.</summary>
public struct UIntPtr;

/// <summary>What an attribute may stand on.</summary>
public enum AttributeTargets
{
    /// <summary>Anything.</summary>
    All = 32767,
}

/// <summary>The C# compiler puts it on the attributes that it makes itself.</summary>
public sealed class AttributeUsageAttribute(AttributeTargets targets) : Attribute
{
    /// <summary>The targets.</summary>
    public AttributeTargets ValidOn { get; } = targets;

    /// <summary>More than one on the same thing.</summary>
    public bool AllowMultiple { get; set; }

    /// <summary>Also for what derives from it.</summary>
    public bool Inherited { get; set; }
}
