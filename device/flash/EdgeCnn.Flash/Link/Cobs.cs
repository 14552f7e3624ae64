using System;

namespace EdgeCnn.Flash.Link;

/// <summary>
/// Consistent Overhead Byte Stuffing (Cheshire and Baker, 1999): bytes without a zero, so that a zero can end a frame. Each zero is
/// replaced by the distance to the next one; at most 254 bytes without a zero take one more.
/// </summary>
internal static class Cobs
{
    private const int LongestRun = 254;

    /// <summary>Bytes that the code of <paramref name="count"/> bytes takes at most.</summary>
    public static int MaxEncoded(int count) => count + count / LongestRun + 1;

    /// <summary>Encodes; no byte of the result is zero.</summary>
    /// <returns>The number of bytes written to <paramref name="code"/>.</returns>
    public static int Encode(ReadOnlySpan<byte> bytes, Span<byte> code)
    {
        int distanceAt = 0, at = 1;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != 0) code[at++] = bytes[i];
            bool isFull = at - distanceAt > LongestRun;
            if (bytes[i] != 0 && !(isFull && i + 1 < bytes.Length)) continue;
            code[distanceAt] = (byte)(at - distanceAt);
            distanceAt = at++;
        }
        code[distanceAt] = (byte)(at - distanceAt);
        return at;
    }

    /// <summary>Decodes what lies between two zeros, in place.</summary>
    /// <returns>The number of bytes, or −1 when the code is not whole.</returns>
    public static int Decode(Span<byte> code)
    {
        int at = 0, to = 0;
        while (at < code.Length)
        {
            int distance = code[at], next = at + distance;
            if (distance == 0 || next > code.Length) return -1;
            code[(at + 1)..next].CopyTo(code[to..]);
            to += distance - 1;
            at = next;
            if (distance <= LongestRun && at < code.Length) code[to++] = 0;
        }
        return to;
    }
}
