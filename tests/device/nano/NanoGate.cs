using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using EdgeCnn.IlTools;

namespace EdgeCnn.Device.Tests;

/// <summary>A rule about the IL that boards run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">What happens on a board that runs IL which breaks it.</param>
/// <param name="Offences">The places that break it.</param>
internal sealed record GateRule(string Name, string Reason, Func<IlAssembly, IEnumerable<string>> Offences);

/// <summary>What the .NET nanoFramework 1.x runtime cannot do, or not without allocating, as rules over IL.</summary>
internal static class NanoGate
{
    internal const int MaxParameters = 254, MaxLocals = 255, MaxStack = 255;
    internal const int MaxBodyBytes = 32_000, MaxDataBytes = 60_000, MaxCodeBytes = 65_535;

    private static readonly HashSet<string> s_refused =
    [
        "arglist", "calli", "ckfinite", "cpblk", "initblk", "jmp", "localloc", "mkrefany", "readonly.", "refanytype", "refanyval",
        "sizeof",
    ];

    private static readonly HashSet<string> s_allocating = ["box", "newarr", "newobj"];

    /// <summary>Where an application may allocate besides constructors: once, when it starts.</summary>
    private static readonly HashSet<string> s_startup =
        ["EdgeCnn.Device.Program::Main", "EdgeCnn.Device.Program::Create", "EdgeCnn.Device.HostLine::Open"];

    /// <summary>Calls for which the libraries have no other one, and whose struct the application throws away.</summary>
    private static readonly HashSet<string> s_unavoidable = ["System.Device.I2c.I2cDevice::WriteByte"];

    /// <summary>What the runtime keeps.</summary>
    internal static IReadOnlyList<GateRule> Rules { get; } =
    [
        new("opcodes", "the interpreter has no such instruction, or gives a wrong value",
            assembly => Instructions(assembly, s_refused.Contains)),
        new("checked arithmetic", "overflow is never noticed",
            assembly => Instructions(assembly, name => name.Contains(".ovf", StringComparison.Ordinal))),
        new("allocations", "the runtime promises to make none",
            assembly => Instructions(assembly, s_allocating.Contains)),
        new("pointers", "not in the profile", assembly => Mentioning(assembly, IlTypeKind.Pointer)),
        new("pinned locals", "not in the profile", assembly => Mentioning(assembly, IlTypeKind.Pinned)),
        new("function pointers", "not in the profile", assembly => Mentioning(assembly, IlTypeKind.FunctionPointer)),
        new("multi-dimensional arrays", "not in the profile", assembly => Mentioning(assembly, IlTypeKind.MultiDimensionalArray)),
        new("generics", "compile, then crash", Generics),
        new("structs by value", "a local costs three allocations, an argument two", Structs),
        new("native methods", "need a firmware of their own",
            assembly => assembly.Methods.Where(m => (m.Attributes & MethodAttributes.PinvokeImpl) != 0).Select(m => m.ToString())),
        new("interface bodies", "not in the profile",
            assembly => assembly.Types.Where(type => type.IsInterface)
                .SelectMany(type => type.Methods.Where(m => m.Body is not null || (m.Attributes & MethodAttributes.Static) != 0))
                .Select(m => m.ToString())),
        new("initial data", "all array initialisers share a heap with 16-bit offsets",
            assembly => assembly.Fields.Sum(field => field.DataBytes) is > MaxDataBytes and var bytes ? [$"{bytes} bytes"] : []),
        new("parameters", "counted in a byte", assembly => Above(assembly, m => m.Parameters.Count, MaxParameters)),
        new("locals", "counted in a byte", assembly => Above(assembly, m => m.Locals.Count, MaxLocals)),
        new("stack", "counted in a byte", assembly => Above(assembly, m => m.Body?.MaxStack ?? 0, MaxStack)),
        new("body size", "branches are 16-bit", assembly => Above(assembly, m => m.Body?.Bytes ?? 0, MaxBodyBytes)),
        new("code size", "where a method begins in its assembly is 16-bit",
            assembly => assembly.Methods.Sum(CodeBytes) is > MaxCodeBytes and var bytes ? [$"{bytes} bytes"] : []),
    ];

    /// <summary>What the application keeps: the same, but that it may allocate when it starts.</summary>
    internal static IReadOnlyList<GateRule> ApplicationRules { get; } =
    [
        .. Rules.Where(rule => rule.Name != "allocations"),
        new("allocations after the start", "the application promises to make none",
            assembly => Instructions(assembly, s_allocating.Contains, method => !IsStartup(method))),
        new("structs of the libraries after the start", "each call allocates one",
            assembly => StructCalls(assembly).Where(call => !IsStartup(call.Method)).Select(call => $"{call.Method}: {call.Name}")),
    ];

    /// <summary>Bytes of a method's IL on a board, where a token takes two bytes.</summary>
    internal static int CodeBytes(IlMethod method) =>
        method.Body is null ? 0 : method.Body.Bytes - 2 * method.Code.Count(line => line.Reference != IlReference.None);

    private static bool IsStartup(IlMethod method) => method.Name is ".ctor" or ".cctor" || s_startup.Contains(method.ToString());

    /// <summary>A reference to another assembly does not say that a value is an enum's.</summary>
    private static bool IsStruct(IlType type) => type.Kind == IlTypeKind.Struct && !BoardAssembly.EnumNames.Contains(type.Name);

    private static IEnumerable<(IlMethod Method, string Name)> StructCalls(IlAssembly assembly) =>
        from method in assembly.Methods
        from line in method.Code
        where line.Reference.Types.Any(type => type.Parts.Any(IsStruct)) && !s_unavoidable.Contains(line.Reference.Name)
        select (method, line.Reference.Name);

    private static IEnumerable<string> Instructions(
        IlAssembly assembly, Func<string, bool> isOffence, Func<IlMethod, bool>? isHeld = null) =>
        from method in assembly.Methods
        where isHeld?.Invoke(method) ?? true
        from line in method.Code
        where isOffence(line.Instruction.Name)
        select $"{method}: {line.Instruction} {line.Reference.Name}";

    private static IEnumerable<string> Mentioning(IlAssembly assembly, params IlTypeKind[] kinds) =>
        Mentions(assembly).Where(mention => mention.Type.Parts.Any(part => kinds.Contains(part.Kind)))
            .Select(mention => $"{mention.Place}: {mention.Type}");

    private static IEnumerable<string> Generics(IlAssembly assembly) =>
        Mentioning(assembly, IlTypeKind.GenericInstance, IlTypeKind.GenericParameter)
            .Concat(assembly.Types.Where(type => type.GenericParameters > 0).Select(type => type.Name))
            .Concat(assembly.Methods.Where(method => method.GenericParameters > 0).Select(method => method.ToString()));

    private static IEnumerable<string> Structs(IlAssembly assembly) =>
        from method in assembly.Methods
        from type in method.Locals.Concat(method.Parameters).Append(method.Result)
        where IsStruct(type)
        select $"{method}: {type}";

    private static IEnumerable<string> Above(IlAssembly assembly, Func<IlMethod, int> count, int limit) =>
        assembly.Methods.Where(method => count(method) > limit).Select(method => $"{method}: {count(method)}, limit {limit}");

    private static IEnumerable<(string Place, IlType Type)> Mentions(IlAssembly assembly) =>
        assembly.Types.SelectMany(type => type.Bases.Select(parent => (type.Name, parent)))
            .Concat(assembly.Fields.Select(field => (field.ToString(), field.Type)))
            .Concat(assembly.Methods.SelectMany(method => method.MentionedTypes.Select(type => (method.ToString(), type))));
}
