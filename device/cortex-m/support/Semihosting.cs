using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeCnn.Device;

/// <summary>Text to, an exit code for, and files of whoever runs the program: QEMU or a debugger (Arm semihosting).</summary>
public static unsafe class Semihosting
{
    /// <summary>Writes a u8 literal (the C# compiler ends it with the zero byte that the protocol wants).</summary>
    public static void Write(ReadOnlySpan<byte> text)
    {
        fixed (byte* first = text)
            Write(first);
    }

    /// <summary>Writes decimal digits.</summary>
    public static void Write(int value)
    {
        Digits buffer;
        byte* digit = (byte*)&buffer + sizeof(Digits) - 1;
        *digit = 0;
        uint rest = value < 0 ? 0u - (uint)value : (uint)value;
        do
        {
            *--digit = (byte)('0' + rest % 10);
            rest /= 10;
        }
        while (rest != 0);
        if (value < 0)
            *--digit = (byte)'-';
        Write(digit);
    }

    /// <summary>Writes the lowest <paramref name="digits"/> hexadecimal digits, at most 16.</summary>
    public static void WriteHex(ulong value, int digits)
    {
        Digits buffer;
        byte* text = (byte*)&buffer;
        text[digits] = 0;
        for (int i = digits; i-- != 0; value >>= 4)
        {
            int digit = (int)value & 15;
            text[i] = (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
        }
        Write(text);
    }

    /// <summary>Opens a file of the host for reading.</summary>
    /// <param name="name">A u8 literal, relative to where the host program runs.</param>
    /// <returns>A handle, or −1 when there is no such file.</returns>
    public static int OpenToRead(ReadOnlySpan<byte> name)
    {
        const int readBinary = 1;
        fixed (byte* first = name)
            return Open(first, readBinary, name.Length);
    }

    /// <summary>Reads exactly <paramref name="bytes"/> bytes; false when the file has fewer left.</summary>
    public static bool Read(int handle, byte* buffer, int bytes) => Missing(handle, buffer, bytes) == 0;

    /// <summary>Ends the program.</summary>
    [RuntimeImport("*", "semihosting_exit"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Exit(int code);

    [RuntimeImport("*", "semihosting_open"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int Open(byte* name, int mode, int length);

    [RuntimeImport("*", "semihosting_read"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int Missing(int handle, byte* buffer, int bytes);

    [RuntimeImport("*", "semihosting_write"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Write(byte* text);

    // A stackalloc would bring a stack cookie and a loop that clears it.
    [StructLayout(LayoutKind.Sequential, Size = 20)]
    private struct Digits;
}
