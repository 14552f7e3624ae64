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
internal static class Inlining
{
    /// <summary>Bytes of IL up to which methods are inlined: with more than one call, and with one. Found by trying.</summary>
    private const int LongestOfMany = 15, LongestOfOne = 300;

    private const int ImplFlagsAt = 4;
    private const MethodImplAttributes Said = MethodImplAttributes.AggressiveInlining | MethodImplAttributes.NoInlining;

    /// <summary>The assembly with its methods marked.</summary>
    internal static byte[] Marked(byte[] assembly)
    {
        byte[] marked = [.. assembly];
        using var file = new PEReader(new MemoryStream(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        int table = file.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.MethodDef);
        int rowBytes = metadata.GetTableRowSize(TableIndex.MethodDef);
        var bodies = metadata.MethodDefinitions
            .Where(handle => metadata.GetMethodDefinition(handle).RelativeVirtualAddress != 0)
            .ToDictionary(
                handle => handle,
                handle => file.GetMethodBody(metadata.GetMethodDefinition(handle).RelativeVirtualAddress).GetILBytes()!);
        Dictionary<int, int> calls = bodies.Values.SelectMany(IntermediateLanguage.MethodTokens).CountBy(token => token).ToDictionary();
        foreach ((MethodDefinitionHandle handle, byte[] body) in bodies)
        {
            MethodImplAttributes attributes = metadata.GetMethodDefinition(handle).ImplAttributes;
            if ((attributes & Said) != 0) continue;
            bool hasOneCall = calls.GetValueOrDefault(MetadataTokens.GetToken(handle)) <= 1;
            if (body.Length > (hasOneCall ? LongestOfOne : LongestOfMany)) attributes |= MethodImplAttributes.NoInlining;
            else if (hasOneCall) attributes |= MethodImplAttributes.AggressiveInlining;
            int at = table + (MetadataTokens.GetRowNumber(handle) - 1) * rowBytes + ImplFlagsAt;
            WriteUInt16LittleEndian(marked.AsSpan(at), (ushort)attributes);
        }
        return marked;
    }
}
