using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace EdgeCnn.IlTools;

/// <summary>Everything in an assembly that a rule about IL can ask for.</summary>
/// <param name="Types">All types, nested ones included.</param>
public sealed record IlAssembly(IReadOnlyList<IlTypeDefinition> Types)
{
    /// <summary>All fields.</summary>
    public IEnumerable<IlField> Fields => Types.SelectMany(type => type.Fields);

    /// <summary>All methods, constructors and accessors included.</summary>
    public IEnumerable<IlMethod> Methods => Types.SelectMany(type => type.Methods);

    /// <summary>Reads a .dll or .exe.</summary>
    public static IlAssembly Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file);
    }

    /// <summary>Reads a .dll or .exe.</summary>
    public static IlAssembly Read(Stream file)
    {
        using var image = new PEReader(file, PEStreamOptions.LeaveOpen);
        var reader = new IlReader(image);
        return new IlAssembly(image.GetMetadataReader().TypeDefinitions.Select(reader.Type).ToArray());
    }

    /// <summary>The part of the assembly that lies in the namespace or type <paramref name="name"/>.</summary>
    public IlAssembly Within(string name) => new(Types.Where(type => type.IsWithin(name)).ToArray());

    /// <summary>The part of the assembly that does not lie in the namespace or type <paramref name="name"/>.</summary>
    public IlAssembly Without(string name) => new(Types.Where(type => !type.IsWithin(name)).ToArray());
}

/// <summary>A type of the assembly.</summary>
/// <param name="Name">Namespace, enclosing types (separated by /) and name.</param>
/// <param name="Attributes">Class or interface, visibility and so on.</param>
/// <param name="GenericParameters">Number of type parameters.</param>
/// <param name="Bases">Base type and interfaces.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="Methods">Its methods.</param>
public sealed record IlTypeDefinition(
    string Name, TypeAttributes Attributes, int GenericParameters, IReadOnlyList<IlType> Bases, IReadOnlyList<IlField> Fields,
    IReadOnlyList<IlMethod> Methods)
{
    /// <summary>Whether it is an interface.</summary>
    public bool IsInterface => (Attributes & TypeAttributes.Interface) != 0;

    /// <summary>Whether the type is, or lies in, the namespace or type <paramref name="name"/>.</summary>
    public bool IsWithin(string name) =>
        Name == name || Name.StartsWith(name + ".", System.StringComparison.Ordinal)
        || Name.StartsWith(name + "/", System.StringComparison.Ordinal);
}

/// <summary>A field.</summary>
/// <param name="Owner">Name of its type.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Attributes">Static, literal, visibility and so on.</param>
/// <param name="DataBytes">Bytes of the initial data that the file holds for it; 0 for an ordinary field.</param>
public sealed record IlField(string Owner, string Name, IlType Type, FieldAttributes Attributes, int DataBytes)
{
    /// <inheritdoc />
    public override string ToString() => $"{Owner}::{Name}";
}
