using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace EdgeCnn.IlTools;

/// <summary>One instruction of a method body.</summary>
/// <param name="Offset">Byte offset in the body.</param>
/// <param name="OpCode">The instruction.</param>
/// <param name="Token">The metadata token that follows it, or 0.</param>
public readonly record struct IlInstruction(int Offset, OpCode OpCode, int Token)
{
    private const byte TwoByteCode = 0xFE;

    private static readonly Dictionary<int, OpCode> s_opCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>The instruction's name, as in ECMA-335, III.</summary>
    public string Name => OpCode.Name!;

    /// <summary>Decodes a method body.</summary>
    /// <exception cref="BadImageFormatException">The body has a byte that is no instruction.</exception>
    public static IReadOnlyList<IlInstruction> Decode(BlobReader il)
    {
        var instructions = new List<IlInstruction>();
        while (il.RemainingBytes > 0)
        {
            int offset = il.Offset, code = il.ReadByte();
            if (code == TwoByteCode) code = (code << 8) | il.ReadByte();
            if (!s_opCodes.TryGetValue(code, out OpCode opCode))
                throw new BadImageFormatException($"byte {offset} of the method body: {code:x} is no instruction");
            int token = HasToken(opCode) ? il.ReadInt32() : 0;
            if (token == 0) il.Offset += OperandBytes(opCode, il);
            instructions.Add(new IlInstruction(offset, opCode, token));
        }
        return instructions;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Offset:x4} {Name}";

    private static bool HasToken(OpCode code) => code.OperandType
        is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType or OperandType.InlineSig;

    private static int OperandBytes(OpCode code, BlobReader il) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * il.ReadInt32(),
        _ => 4,
    };
}
