using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.IlTools;
using Xunit;

namespace EdgeCnn.Tests;

/// <summary>The runtime computes with integers only; its face for .NET applications, namespace EdgeCnn.Managed, may do otherwise.</summary>
public sealed class IntegerOnlyTests
{
    private const string ManagedFace = "EdgeCnn.Managed";

    private static readonly HashSet<string> s_floatTypes =
        ["System.Single", "System.Double", "System.Half", "System.Decimal", "System.Numerics.BFloat16", "System.MathF"];

    private static readonly HashSet<string> s_floatInstructions =
    [
        "ckfinite", "conv.r.un", "conv.r4", "conv.r8", "ldc.r4", "ldc.r8", "ldelem.r4", "ldelem.r8", "ldind.r4", "ldind.r8",
        "stelem.r4", "stelem.r8", "stind.r4", "stind.r8",
    ];

    private static readonly IlAssembly s_runtime = IlAssembly.Read(typeof(Interpreter).Assembly.Location);

    [Fact]
    public void The_runtime_has_no_floating_point_instruction_field_local_parameter_or_call()
    {
        IlAssembly core = s_runtime.Without(ManagedFace);

        Assert.Contains(core.Methods, method => method.ToString() == "EdgeCnn.Interpreter::Run");
        Assert.True(core.Methods.Sum(method => method.Code.Count) > 1000);
        Assert.Empty(Floats(core));
    }

    [Theory]
    [InlineData(nameof(FloatSamples.Instruction), "conv.r8")]
    [InlineData(nameof(FloatSamples.Parameter), "System.Single")]
    [InlineData(nameof(FloatSamples.Result), "System.Double")]
    [InlineData(nameof(FloatSamples.Local), "System.Double")]
    [InlineData(nameof(FloatSamples.Call), "System.Double")]
    [InlineData(nameof(FloatSamples.Vector), "System.Single")]
    [InlineData(nameof(FloatSamples.Pointer), "System.Single")]
    [InlineData("s_field", "System.Single")]
    public void The_proof_notices_a(string member, string what)
    {
        IlAssembly samples = IlAssembly.Read(typeof(FloatSamples).Assembly.Location).Within("EdgeCnn.Tests.FloatSamples");

        Assert.Contains(Floats(samples), place => place.Contains($"::{member}", StringComparison.Ordinal)
            && place.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_floating_point_instruction_there_is_is_refused() => Assert.Equal(
        typeof(System.Reflection.Emit.OpCodes).GetFields()
            .Select(field => ((System.Reflection.Emit.OpCode)field.GetValue(null)!).Name!)
            .Where(name => name is "ckfinite" || name.Contains(".r4", StringComparison.Ordinal)
                || name.Contains(".r8", StringComparison.Ordinal) || name.Contains(".r.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
        s_floatInstructions.Order(StringComparer.Ordinal));

    private static IEnumerable<string> Floats(IlAssembly assembly)
    {
        IEnumerable<string> fields =
            from field in assembly.Fields
            where IsFloat(field.Type)
            select $"{field}: {field.Type}";
        IEnumerable<string> mentions =
            from method in assembly.Methods
            from type in method.MentionedTypes
            where IsFloat(type)
            select $"{method}: {type}";
        IEnumerable<string> instructions =
            from method in assembly.Methods
            from line in method.Code
            where s_floatInstructions.Contains(line.Instruction.Name)
            select $"{method}: {line.Instruction}";
        return fields.Concat(mentions).Concat(instructions);
    }

    private static bool IsFloat(IlType type) => type.Parts.Any(part => s_floatTypes.Contains(part.Name));
}
