using System;

namespace EdgeCnn.Device;

/// <summary>A line of text that is put together and then written at once.</summary>
internal unsafe struct Line
{
    private const int Capacity = 1024;
    private fixed byte _text[Capacity];
    private int _length;

    /// <summary>Adds text.</summary>
    internal void Add(ReadOnlySpan<byte> text)
    {
        fixed (byte* from = text) Add(from, text.Length);
    }

    /// <summary>Adds text that ends with a byte 0.</summary>
    internal void Add(byte* text)
    {
        int length = 0;
        while (text[length] != 0) length++;
        Add(text, length);
    }

    /// <summary>Adds bytes; those beyond the end of the line are left out.</summary>
    internal void Add(byte* text, int length)
    {
        for (int i = 0; i < length && _length < Capacity; i++) _text[_length++] = text[i];
    }

    /// <summary>Adds decimal digits.</summary>
    internal void Add(long value)
    {
        byte* digits = stackalloc byte[20];
        int at = 20;
        ulong rest = value < 0 ? 0ul - (ulong)value : (ulong)value;
        do
        {
            digits[--at] = (byte)('0' + rest % 10);
            rest /= 10;
        }
        while (rest != 0);
        if (value < 0) Add("-"u8);
        Add(digits + at, 20 - at);
    }

    /// <summary>Adds 16 hexadecimal digits.</summary>
    internal void AddHash(ulong value)
    {
        for (int shift = 60; shift >= 0; shift -= 4)
        {
            int digit = (int)(value >> shift) & 15;
            byte text = (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
            Add(&text, 1);
        }
    }

    /// <summary>Writes the line, and begins the next.</summary>
    /// <param name="file">1: standard output, 2: standard error.</param>
    /// <returns>False when nobody reads it any more.</returns>
    internal bool Write(int file)
    {
        fixed (byte* text = _text)
        {
            if (_length == Capacity) _length--;
            text[_length++] = (byte)'\n';
            int length = _length;
            _length = 0;
            return LibC.WriteAll(file, text, length) == 0;
        }
    }
}
