using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using static System.Buffers.Binary.BinaryPrimitives;

namespace EdgeCnn.FirmwareTools;

/// <summary>
/// Marks what ilc is to inline, and what not (ECMA-335, II.22.26). RyuJIT inlines for speed, and a firmware would hold the same code many
/// times. Shorter inlined are what is about as long as its call, and what has one caller, while that has registers left for it. A method
/// that says itself whether it is inlined is left alone.
/// </summary>
internal sealed class Inlining
{
    // Bytes of IL up to which methods are inlined, with more than one call and with one, and what counts for as many. Found by trying.
    private const int LongestOfMany = 17, LongestOfOne = 300, ConditionBytes = 4, CallBytes = 4, ArgumentBytes = 2, NoLimit = 1 << 16;
    private const int ImplFlagsAt = 4;
    private const MethodImplAttributes Said = MethodImplAttributes.AggressiveInlining | MethodImplAttributes.NoInlining;

    private readonly MetadataReader _metadata;
    private readonly Dictionary<int, Method> _methods;
    private readonly Dictionary<int, int> _calls;
    private readonly Dictionary<int, int> _bytes = [];

    private sealed record Method(int Row, byte[] Body, int Arguments, MethodImplAttributes Attributes, bool IsKept);

    private Inlining(PEReader file, string[] kept)
    {
        _metadata = file.GetMetadataReader();
        _methods = _metadata.MethodDefinitions
            .Where(handle => _metadata.GetMethodDefinition(handle).RelativeVirtualAddress != 0)
            .ToDictionary(handle => MetadataTokens.GetToken(handle), handle => Read(file, handle, kept));
        _calls = _methods.Values
            .SelectMany(method => IntermediateLanguage.MethodTokens(method.Body))
            .CountBy(token => token)
            .ToDictionary();
    }

    /// <summary>The assembly with its methods marked.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="kept">Methods that are not to be inlined, such as <c>Interpreter.Step</c>.</param>
    internal static byte[] Marked(byte[] assembly, string[] kept)
    {
        byte[] marked = [.. assembly];
        using var file = new PEReader(new MemoryStream(assembly));
        var inlining = new Inlining(file, kept);
        int table = file.PEHeaders.MetadataStartOffset + inlining._metadata.GetTableMetadataOffset(TableIndex.MethodDef);
        int rowBytes = inlining._metadata.GetTableRowSize(TableIndex.MethodDef);
        foreach ((int token, Method method) in inlining._methods.Where(entry => (entry.Value.Attributes & Said) == 0))
        {
            MethodImplAttributes mark = !inlining.IsInlined(token) ? MethodImplAttributes.NoInlining
                : inlining.HasOneCall(token) ? MethodImplAttributes.AggressiveInlining
                : default;
            int at = table + (method.Row - 1) * rowBytes + ImplFlagsAt;
            WriteUInt16LittleEndian(marked.AsSpan(at), (ushort)(method.Attributes | mark));
        }
        return marked;
    }

    private Method Read(PEReader file, MethodDefinitionHandle handle, string[] kept)
    {
        MethodDefinition method = _metadata.GetMethodDefinition(handle);
        string type = _metadata.GetString(_metadata.GetTypeDefinition(method.GetDeclaringType()).Name);
        return new Method(
            MetadataTokens.GetRowNumber(handle), file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!,
            method.GetParameters().Count, method.ImplAttributes, kept.Contains($"{type}.{_metadata.GetString(method.Name)}"));
    }

    private bool HasOneCall(int token) => _calls.GetValueOrDefault(token) <= 1;

    private bool IsInlined(int token)
    {
        if (!_methods.TryGetValue(token, out Method? method)) return false;
        if (method.IsKept) return false;
        if ((method.Attributes & Said) != 0) return (method.Attributes & MethodImplAttributes.AggressiveInlining) != 0;
        return HasOneCall(token) ? method.Body.Length <= LongestOfOne : BytesOf(token) <= LongestOfMany;
    }

    // Bytes of IL with those of the methods that it inlines. One that calls itself has no end.
    private int BytesOf(int token)
    {
        if (_bytes.TryGetValue(token, out int known)) return known;
        _bytes[token] = NoLimit;
        Method method = _methods[token];
        int bytes = method.Body.Length + ConditionBytes * IntermediateLanguage.Conditions(method.Body);
        foreach (int called in IntermediateLanguage.MethodTokens(method.Body))
        {
            bytes += !IsInlined(called) ? CallBytes
                : Math.Max(0, BytesOf(called) - CallBytes - 1 - ArgumentBytes * _methods[called].Arguments);
        }
        return _bytes[token] = bytes;
    }
}
