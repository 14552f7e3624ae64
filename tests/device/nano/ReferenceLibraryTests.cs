using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using EdgeCnn.IlTools;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>
/// Everything that the reference mscorlib declares is in nanoFramework.CoreLibrary 1.17, by a list of its members: one line
/// "T kind Type" per type, followed by a line "    Result Type::Method(Parameter,…)" per method.
/// </summary>
public sealed class ReferenceLibraryTests
{
    private static readonly string s_list = Path.Combine(Repository.Shared, "proofs", "nano", "corelib-1.x-members.txt");

    [Fact]
    public void Every_declared_type_and_method_is_in_the_core_library()
    {
        Assert.SkipUnless(File.Exists(s_list), $"needs {s_list}");
        HashSet<string> known = [.. File.ReadLines(s_list).Select(line => line.Trim())];
        Assert.True(known.Count > 1000, $"{s_list} is not the list of members");

        string[] declared = [.. Declared(BoardAssembly.CoreLibrary)];

        Assert.Contains("T class System.Object", declared);
        Assert.Contains(declared, line => line.Contains("System.Array::Copy", StringComparison.Ordinal));
        Assert.Empty(declared.Except(known));
    }

    [Fact]
    public void The_only_fields_are_constants_which_the_compiler_copies() =>
        Assert.All(BoardAssembly.CoreLibrary.Fields, field => Assert.NotEqual(0, (int)(field.Attributes & FieldAttributes.Literal)));

    [Fact]
    public void The_runtime_refers_to_this_version_of_it_and_to_nothing_else()
    {
        using var file = new PEReader(File.OpenRead(BoardAssembly.RuntimePath));
        MetadataReader reader = file.GetMetadataReader();
        string[] references = [.. reader.AssemblyReferences.Select(handle => reader.GetAssemblyReference(handle))
            .Select(reference => $"{reader.GetString(reference.Name)} {reference.Version}")];

        Assert.Equal(["mscorlib 1.17.11.0"], references);
    }

    [Fact]
    public void The_comparison_notices_a_member_that_the_core_library_does_not_have()
    {
        string[] declared = [.. Declared(IlAssembly.Read(typeof(ReferenceLibraryTests).Assembly.Location))];

        Assert.Contains("T class EdgeCnn.Device.Tests.ReferenceLibraryTests", declared);
        Assert.Contains(
            "System.Void EdgeCnn.Device.Tests.ReferenceLibraryTests::The_only_fields_are_constants_which_the_compiler_copies()", declared);
    }

    private static IEnumerable<string> Declared(IlAssembly assembly) =>
        assembly.Types.Where(type => type.Name != "<Module>")
            .SelectMany(type => type.Methods.Select(Line).Prepend($"T {Kind(type)} {type.Name}"));

    private static string Line(IlMethod method) =>
        $"{method.Result} {method.Owner}::{method.Name}({string.Join(',', method.Parameters)})";

    private static string Kind(IlTypeDefinition type) => type switch
    {
        { IsInterface: true } => "interface",
        { Name: "System.Enum" } => "class",
        _ when type.Bases.Any(parent => parent.Name == "System.Enum") => "enum",
        _ when type.Bases.Any(parent => parent.Name == "System.ValueType") => "struct",
        _ => "class",
    };
}
