namespace System;

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

/// <summary>Named because the C# compiler refuses to work without it; strings are not supported.</summary>
public sealed class String;

/// <summary>The base of arrays; allocating one fails at link time.</summary>
public abstract class Array;

/// <summary>The type whose layout ilc gives to a <c>T[]</c>.</summary>
public class Array<T> : Array;

/// <summary>Named because ilc looks it up; delegates are not supported.</summary>
public abstract class Delegate;

/// <summary>Named because ilc looks it up; delegates are not supported.</summary>
public abstract class MulticastDelegate : Delegate;

/// <summary>Named because ilc looks it up; throwing fails at link time.</summary>
public class Exception;

/// <summary>Named because ilc looks it up; a <c>T?</c> of a struct is not supported.</summary>
public struct Nullable<T> where T : struct;

/// <summary>Named because <c>typeof</c> appears in attributes; reflection is not supported.</summary>
public class Type;

/// <summary>A handle that ilc puts where IL loads a type token.</summary>
public struct RuntimeTypeHandle;

/// <summary>A handle that ilc puts where IL loads a method token.</summary>
public struct RuntimeMethodHandle;

/// <summary>A handle that ilc puts where IL loads a field token.</summary>
public struct RuntimeFieldHandle;
