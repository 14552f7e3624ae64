namespace System;

/// <summary>The base of attributes.</summary>
public class Attribute;

/// <summary>Where an attribute may stand.</summary>
public enum AttributeTargets
{
    /// <summary>Anywhere.</summary>
    All = 0x7fff,
}

/// <summary>Where and how often an attribute may stand.</summary>
public sealed class AttributeUsageAttribute(AttributeTargets validOn) : Attribute
{
    /// <summary>Where the attribute may stand.</summary>
    public AttributeTargets ValidOn { get; } = validOn;

    /// <summary>Whether it may stand twice on the same thing.</summary>
    public bool AllowMultiple { get; set; }

    /// <summary>Whether derived types have it too.</summary>
    public bool Inherited { get; set; }
}

/// <summary>Marks <c>params</c>.</summary>
public sealed class ParamArrayAttribute : Attribute;

/// <summary>An enum whose values combine.</summary>
public sealed class FlagsAttribute : Attribute;
