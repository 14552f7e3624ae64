using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.IlTools;

/// <summary>What a type in a signature is.</summary>
public enum IlTypeKind
{
    /// <summary>A type of the instruction set: integers, floating point, bool, char, object, string, void.</summary>
    Primitive,

    /// <summary>A class, an interface or a delegate.</summary>
    Class,

    /// <summary>A struct; an enum of another assembly counts as one too, for a signature does not tell them apart.</summary>
    Struct,

    /// <summary>An enum of the assembly itself.</summary>
    Enum,

    /// <summary>A one-dimensional array that starts at 0.</summary>
    Array,

    /// <summary>Any other array, such as <c>int[,]</c>.</summary>
    MultiDimensionalArray,

    /// <summary><c>ref</c>, <c>in</c>, <c>out</c>.</summary>
    Reference,

    /// <summary>An unmanaged pointer.</summary>
    Pointer,

    /// <summary>A function pointer.</summary>
    FunctionPointer,

    /// <summary>A local that <c>fixed</c> pins.</summary>
    Pinned,

    /// <summary>A generic type with its arguments.</summary>
    GenericInstance,

    /// <summary>A type parameter.</summary>
    GenericParameter,
}

/// <summary>A type as a signature spells it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Full name, such as <c>System.Int32</c>; of the outermost type, for those made of others.</param>
/// <param name="Inner">The types it is made of: element, target, generic type and arguments.</param>
public sealed record IlType(IlTypeKind Kind, string Name, IReadOnlyList<IlType> Inner)
{
    /// <summary>A type made of no other.</summary>
    public IlType(IlTypeKind kind, string name)
        : this(kind, name, [])
    {
    }

    /// <summary>The type and everything it is made of.</summary>
    public IEnumerable<IlType> Parts => Inner.SelectMany(type => type.Parts).Prepend(this);

    /// <inheritdoc />
    public override string ToString() => Name;
}
