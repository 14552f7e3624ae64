using System;
using System.Buffers.Binary;

namespace EdgeCnn.Flash.Link;

/// <summary>A request or an answer (PROTOCOL.md, "Frames").</summary>
/// <param name="Command">Which command; an answer has bit 7 set.</param>
/// <param name="Status">0 in a request.</param>
/// <param name="Number">The answer repeats the request's.</param>
/// <param name="Payload">What the command says.</param>
internal sealed record Frame(byte Command, byte Status, ushort Number, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Set in the command of an answer.</summary>
    public const byte AnswerBit = 0x80;

    /// <summary>Bytes of a decoded frame beside its payload.</summary>
    public const int Overhead = HeaderBytes + CrcBytes;

    private const int HeaderBytes = 4, CrcBytes = 4, StatusAt = 1, NumberAt = 2;

    /// <summary>The bytes to send: encoded, between two zeros. The first one ends whatever the line carried before.</summary>
    public byte[] Encode()
    {
        byte[] plain = new byte[Overhead + Payload.Length];
        plain[0] = Command;
        plain[StatusAt] = Status;
        BinaryPrimitives.WriteUInt16LittleEndian(plain.AsSpan(NumberAt), Number);
        Payload.Span.CopyTo(plain.AsSpan(HeaderBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(plain.AsSpan(^CrcBytes), Checksum.Of(plain.AsSpan(..^CrcBytes)));
        byte[] line = new byte[Cobs.MaxEncoded(plain.Length) + 2];
        int end = 1 + Cobs.Encode(plain, line.AsSpan(1));
        return line[..(end + 1)];
    }

    /// <summary>Decodes what lies between two zeros, in place.</summary>
    /// <returns>The frame; null when it is not whole or its CRC differs.</returns>
    public static Frame? Decode(Span<byte> code)
    {
        int length = Cobs.Decode(code);
        if (length < Overhead) return null;
        ReadOnlySpan<byte> plain = code[..length];
        if (BinaryPrimitives.ReadUInt32LittleEndian(plain[^CrcBytes..]) != Checksum.Of(plain[..^CrcBytes])) return null;
        return new Frame(
            plain[0], plain[StatusAt], BinaryPrimitives.ReadUInt16LittleEndian(plain[NumberAt..]), plain[HeaderBytes..^CrcBytes].ToArray());
    }
}
