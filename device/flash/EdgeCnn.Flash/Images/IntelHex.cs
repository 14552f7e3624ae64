using System;
using System.IO;
using System.Text;

namespace EdgeCnn.Flash.Images;

/// <summary>
/// Intel HEX with 32-bit addresses (Intel, Hexadecimal Object File Format Specification, revision A, 1988): records
/// <c>:count address type data checksum</c>, in ASCII.
/// </summary>
public static class IntelHex
{
    private const int DataBytes = 16, SegmentBits = 16;
    private const byte Data = 0, EndOfFile = 1, ExtendedLinearAddress = 4;

    /// <summary>Writes bytes for an address.</summary>
    public static void Write(Stream to, ReadOnlySpan<byte> bytes, uint address)
    {
        ImageFile.Require(address, bytes.Length);
        using var text = new StreamWriter(to, Encoding.ASCII, leaveOpen: true) { NewLine = "\r\n" };
        for (int at = 0; at < bytes.Length; at += DataBytes)
        {
            uint place = address + (uint)at;
            // Addresses are multiples of 16, and so no record crosses a segment of 64 KiB.
            if (at == 0 || (ushort)place == 0)
                WriteRecord(text, 0, ExtendedLinearAddress, [(byte)(place >> (SegmentBits + 8)), (byte)(place >> SegmentBits)]);
            WriteRecord(text, (ushort)place, Data, bytes.Slice(at, Math.Min(DataBytes, bytes.Length - at)));
        }
        WriteRecord(text, 0, EndOfFile, []);
    }

    private static void WriteRecord(StreamWriter text, ushort address, byte type, ReadOnlySpan<byte> data)
    {
        byte[] record = [(byte)data.Length, (byte)(address >> 8), (byte)address, type, .. data, 0];
        foreach (byte b in record.AsSpan(..^1)) record[^1] -= b;
        text.WriteLine($":{Convert.ToHexString(record)}");
    }
}
