using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using static System.Buffers.Binary.BinaryPrimitives;

namespace EdgeCnn.FirmwareTools;

/// <summary>The instructions of IL (ECMA-335, III).</summary>
internal static class IntermediateLanguage
{
    private const int Prefix = 0xFE;

    private static readonly Dictionary<int, OpCode> s_codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF);

    /// <summary>The tokens of the methods that a method calls, or takes the address of.</summary>
    internal static IEnumerable<int> MethodTokens(byte[] body) =>
        Codes(body)
            .Where(one => one.Code.OperandType == OperandType.InlineMethod)
            .Select(one => ReadInt32LittleEndian(body.AsSpan(one.At)));

    /// <summary>How many of a method's branches have a condition.</summary>
    internal static int Conditions(byte[] body) => Codes(body).Count(one => one.Code.FlowControl == FlowControl.Cond_Branch);

    // Each instruction, and where its operand is.
    private static IEnumerable<(OpCode Code, int At)> Codes(byte[] body)
    {
        for (int at = 0; at < body.Length;)
        {
            OpCode code = s_codes[body[at] == Prefix ? Prefix << 8 | body[at + 1] : body[at]];
            at += code.Size;
            yield return (code, at);
            at += OperandBytes(code, body, at);
        }
    }

    private static int OperandBytes(OpCode code, byte[] body, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * ReadInt32LittleEndian(body.AsSpan(at)),
        _ => 4,
    };
}
