using System.Runtime.CompilerServices;

namespace System
{
    /// <summary>The C# compiler writes it where a type is asked for, in attributes of its own.</summary>
    public abstract class Type;

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
}

namespace System.Runtime.CompilerServices
{
    /// <summary>RyuJIT replaces calls of such a method by instructions; the bodies only call themselves.</summary>
    public sealed class IntrinsicAttribute : Attribute;

    /// <summary>Marks the arrays inside a struct (<c>fixed</c>).</summary>
    public sealed class FixedBufferAttribute(Type elementType, int length) : Attribute
    {
        /// <summary>The type of an element.</summary>
        public Type ElementType { get; } = elementType;

        /// <summary>The number of elements.</summary>
        public int Length { get; } = length;
    }

    /// <summary>Marks the types that the C# compiler makes of them.</summary>
    public sealed class UnsafeValueTypeAttribute : Attribute;
}

namespace System.Runtime.InteropServices
{
    /// <summary>Binds a method to a function of the C library: ilc links it as a call (<c>--directpinvoke</c>).</summary>
    public sealed class DllImportAttribute(string library) : Attribute
    {
        /// <summary>The library.</summary>
        public string Value { get; } = library;

        /// <summary>The function's name.</summary>
        public string EntryPoint;
    }
}
