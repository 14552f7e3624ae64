using System;
using System.Buffers.Binary;
using System.IO;

namespace EdgeCnn.Flash.Images;

/// <summary>
/// UF2, the files that boards take as a USB drive (github.com/microsoft/uf2): blocks of 512 bytes, each with its address and 256 bytes of
/// content. The last one is filled up with 0xFF, which is what blank flash reads.
/// </summary>
public static class Uf2
{
    /// <summary>Bytes of content in a block; the address is a multiple of it, since boot loaders write whole pages.</summary>
    public const int ContentBytes = 256;

    private const int BlockBytes = 512, ContentAt = 32, LastMagicAt = 508;
    private const uint FirstMagic = 0x0A324655, SecondMagic = 0x9E5D5157, LastMagic = 0x0AB16F30, HasFamily = 0x2000;
    private const byte Blank = 0xFF;

    /// <summary>Writes bytes for an address.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The address is no multiple of 256.</exception>
    public static void Write(Stream to, ReadOnlySpan<byte> bytes, uint address, Uf2Family family)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(family);
        ImageFile.Require(address, bytes.Length, ContentBytes);
        byte[] block = new byte[BlockBytes];
        int blocks = (bytes.Length + ContentBytes - 1) / ContentBytes;
        for (int i = 0; i < blocks; i++)
        {
            ReadOnlySpan<uint> header =
                [FirstMagic, SecondMagic, HasFamily, address + (uint)(i * ContentBytes), ContentBytes, (uint)i, (uint)blocks, family.Id];
            for (int k = 0; k < header.Length; k++) BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(sizeof(uint) * k), header[k]);
            Span<byte> content = block.AsSpan(ContentAt, ContentBytes);
            content.Fill(Blank);
            bytes.Slice(i * ContentBytes, Math.Min(ContentBytes, bytes.Length - i * ContentBytes)).CopyTo(content);
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(LastMagicAt), LastMagic);
            to.Write(block);
        }
    }
}
