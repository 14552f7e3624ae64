using System;

namespace EdgeCnn.Flash.Link;

/// <summary>CRC-32 of the model file, of frames and of slots.</summary>
internal static unsafe class Checksum
{
    /// <summary>The CRC of all bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* p = bytes) return Crc32.Of(p, 0, bytes.Length);
    }
}
