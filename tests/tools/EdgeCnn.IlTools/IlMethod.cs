using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace EdgeCnn.IlTools;

/// <summary>A method.</summary>
/// <param name="Owner">Name of its type.</param>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Static, virtual, visibility and so on.</param>
/// <param name="GenericParameters">Number of type parameters.</param>
/// <param name="Result">What it returns.</param>
/// <param name="Parameters">What it takes, without <c>this</c>.</param>
/// <param name="Body">Its body, or null.</param>
public sealed record IlMethod(
    string Owner, string Name, MethodAttributes Attributes, int GenericParameters, IlType Result, IReadOnlyList<IlType> Parameters,
    IlBody? Body)
{
    /// <summary>Local variables.</summary>
    public IReadOnlyList<IlType> Locals => Body?.Locals ?? [];

    /// <summary>Instructions with what they refer to.</summary>
    public IReadOnlyList<(IlInstruction Instruction, IlReference Reference)> Code => Body?.Code ?? [];

    /// <summary>Every type that the method mentions: result, parameters, locals and what its instructions refer to.</summary>
    public IEnumerable<IlType> MentionedTypes => Parameters.Append(Result).Concat(Locals)
        .Concat(Code.SelectMany(line => line.Reference.Types));

    /// <inheritdoc />
    public override string ToString() => $"{Owner}::{Name}";
}

/// <summary>A method's body.</summary>
/// <param name="MaxStack">Values on the evaluation stack at the most.</param>
/// <param name="Bytes">Bytes of IL.</param>
/// <param name="Locals">Local variables.</param>
/// <param name="Code">Instructions with what they refer to.</param>
public sealed record IlBody(
    int MaxStack, int Bytes, IReadOnlyList<IlType> Locals, IReadOnlyList<(IlInstruction Instruction, IlReference Reference)> Code);

/// <summary>What an instruction's token means.</summary>
/// <param name="Name">Such as <c>System.Array::Copy</c>; empty for an instruction without a token.</param>
/// <param name="Types">The types in its signature, its owner and its generic arguments.</param>
public sealed record IlReference(string Name, IReadOnlyList<IlType> Types)
{
    /// <summary>Of an instruction without a token.</summary>
    public static IlReference None { get; } = new("", []);
}
