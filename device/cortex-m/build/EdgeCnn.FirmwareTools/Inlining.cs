using System;
using System.IO;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using static System.Buffers.Binary.BinaryPrimitives;

namespace EdgeCnn.FirmwareTools;

/// <summary>
/// Marks methods as not to be inlined (ECMA-335, II.22.26): RyuJIT inlines for speed, up to about a hundred bytes of IL, and a firmware
/// would hold the same code many times. What it inlines whatever its place, and what asks for it, is left to it.
/// </summary>
internal static class Inlining
{
    /// <summary>Bytes of IL up to which RyuJIT takes a call to be larger than its method.</summary>
    private const int AlwaysInlined = 16;

    private const int ImplFlagsAt = 4;

    /// <summary>The assembly with its methods marked.</summary>
    internal static byte[] Limited(byte[] assembly)
    {
        byte[] marked = [.. assembly];
        using var file = new PEReader(new MemoryStream(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        int table = file.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.MethodDef);
        int rowBytes = metadata.GetTableRowSize(TableIndex.MethodDef);
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0 || (method.ImplAttributes & MethodImplAttributes.AggressiveInlining) != 0) continue;
            if (file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!.Length <= AlwaysInlined) continue;
            int at = table + (MetadataTokens.GetRowNumber(handle) - 1) * rowBytes + ImplFlagsAt;
            WriteUInt16LittleEndian(marked.AsSpan(at), (ushort)(method.ImplAttributes | MethodImplAttributes.NoInlining));
        }
        return marked;
    }
}
