using System;
using System.Collections.Generic;
using System.Text;

namespace EdgeCnn.Trainer.Export;

/// <summary>Little-endian bytes of one section of a model file, written front to back.</summary>
internal sealed class SectionBuilder
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public static byte[] UInt16s(IEnumerable<int> values)
    {
        var bytes = new SectionBuilder();
        foreach (int value in values) bytes.Int16(value);
        return bytes.ToArray();
    }

    public byte[] ToArray() => _bytes.ToArray();

    public void Byte(int value) => _bytes.Add((byte)value);

    public void Int16(int value)
    {
        Byte(value);
        Byte(value >> 8);
    }

    public void Int32(int value)
    {
        Int16(value);
        Int16(value >> 16);
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    public void PadTo(int alignment)
    {
        while (Length % alignment != 0) Byte(0);
    }

    /// <summary>A length byte and UTF-8.</summary>
    public void ShortString(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        if (utf8.Length > byte.MaxValue) throw new ExportException($"the name '{text[..20]}…' is longer than 255 bytes");
        Byte(utf8.Length);
        Bytes(utf8);
    }

    /// <summary>A uint16 length and UTF-8.</summary>
    public void LongString(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        if (utf8.Length > ushort.MaxValue) throw new ExportException($"the text '{text[..20]}…' is longer than 65535 bytes");
        Int16(utf8.Length);
        Bytes(utf8);
    }
}
