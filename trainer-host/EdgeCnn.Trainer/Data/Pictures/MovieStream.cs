using System;
using System.Buffers.Binary;
using System.IO;

namespace EdgeCnn.Trainer.Data.Pictures;

/// <summary>
/// Pictures one after the other as frames of an AVI stream, which tells a decoder where each of them ends, whatever is in it.
/// </summary>
/// <remarks>Source: Microsoft, "AVI RIFF File Reference". Lengths of what has no known end are as large as they can be.</remarks>
internal sealed class MovieStream
{
    private const uint Endless = int.MaxValue;
    private readonly Stream _stream;

    /// <summary>Writes the headers.</summary>
    /// <param name="stream">Where to; its owner closes it.</param>
    /// <param name="codec">Four characters: what the frames are.</param>
    public MovieStream(Stream stream, string codec)
    {
        _stream = stream;
        var name = Code(codec);
        Chunk("RIFF", Endless, "AVI ");
        Chunk("LIST", 4 + 8 + 56 + 8 + 4 + 8 + 56 + 8 + 40, "hdrl");
        Chunk("avih", 56);
        Words(1, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0);
        Chunk("LIST", 4 + 8 + 56 + 8 + 40, "strl");
        Chunk("strh", 56);
        Words(Code("vids"), name, 0, 0, 0, 1, 25, 0, 0, 0, uint.MaxValue, 0, 0, 0);
        Chunk("strf", 40);
        // A nominal 1 × 1 pixel of 24 bits in one plane; every frame has its own size.
        Words(40, 1, 1, 1 | (24 << 16), name, 0, 0, 0, 0, 0);
        Chunk("LIST", Endless - 1024, "movi");
    }

    /// <summary>Appends a picture.</summary>
    public void Write(ReadOnlySpan<byte> picture)
    {
        Chunk("00dc", (uint)picture.Length);
        _stream.Write(picture);
        if (picture.Length % 2 != 0)
            _stream.WriteByte(0);
    }

    /// <summary>Passes on what is still here.</summary>
    public void Flush() => _stream.Flush();

    private void Chunk(string name, uint length, string? list = null)
    {
        Words(Code(name), length);
        if (list is not null)
            Words(Code(list));
    }

    private void Words(params ReadOnlySpan<uint> words)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var word in words)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
            _stream.Write(bytes);
        }
    }

    private static uint Code(string name) => name[0] | (uint)name[1] << 8 | (uint)name[2] << 16 | (uint)name[3] << 24;
}
