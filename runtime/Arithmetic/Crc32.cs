namespace EdgeCnn;

/// <summary>CRC-32 (ISO-HDLC: reflected polynomial 0xEDB88320, initial value and final xor all ones), as in zip and PNG.</summary>
public static unsafe class Crc32
{
    /// <summary>The running value before the first byte.</summary>
    public const uint Start = 0xFFFFFFFF;

    /// <summary>Adds <paramref name="count"/> bytes to the running value <paramref name="crc"/>.</summary>
    /// <remarks>The usual table of 256 words is linear in its index, so eight constants selected by the index bits stand for it:
    /// no table to place in RAM, and eight independent steps instead of a chain of eight shifts.</remarks>
    public static uint Add(uint crc, Bytes bytes, int offset, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int t = (int)(crc ^ bytes[offset + i]);
            crc = (crc >> 8)
                ^ ((uint)-(t & 1) & 0x77073096) ^ ((uint)-((t >> 1) & 1) & 0xEE0E612C)
                ^ ((uint)-((t >> 2) & 1) & 0x076DC419) ^ ((uint)-((t >> 3) & 1) & 0x0EDB8832)
                ^ ((uint)-((t >> 4) & 1) & 0x1DB71064) ^ ((uint)-((t >> 5) & 1) & 0x3B6E20C8)
                ^ ((uint)-((t >> 6) & 1) & 0x76DC4190) ^ ((uint)-((t >> 7) & 1) & 0xEDB88320);
        }
        return crc;
    }

    /// <summary>The CRC of <paramref name="count"/> bytes.</summary>
    public static uint Of(Bytes bytes, int offset, int count) => ~Add(Start, bytes, offset, count);
}
