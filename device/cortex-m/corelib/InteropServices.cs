namespace System.Runtime.InteropServices;

/// <summary>How the fields of a struct are laid out.</summary>
public enum LayoutKind
{
    /// <summary>In the order in which they are declared.</summary>
    Sequential = 0,
}

/// <summary>The layout and the size of a struct.</summary>
public sealed class StructLayoutAttribute(LayoutKind value) : Attribute
{
    /// <summary>The order of the fields.</summary>
    public LayoutKind Value { get; } = value;

    /// <summary>Bytes in all, when more than the fields need.</summary>
    public int Size;
}

/// <summary>Marks <c>in</c> parameters.</summary>
public sealed class InAttribute : Attribute;
