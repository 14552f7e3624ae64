namespace System;

// No Array, Exception, Single or Double: what is missing here cannot be used, and the C# compiler or ilc says so.

/// <summary>The root type. Its only field is the first word that ilc lays out in every object: the method table.</summary>
public class Object
{
#pragma warning disable CS0169 // Written by ilc's object layout, never by C#.
    private readonly IntPtr _methodTable;
#pragma warning restore CS0169
}

/// <summary>The base of structs.</summary>
public abstract class ValueType;

/// <summary>The base of enums.</summary>
public abstract class Enum : ValueType;

/// <summary>Text in attributes, and the element of nothing else: firmware text is a u8 literal.</summary>
public sealed class String;

/// <summary>Named because the C# compiler looks it up while it resolves operators; there are no delegates.</summary>
public abstract class Delegate;
