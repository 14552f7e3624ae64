global using unsafe Bytes = byte*;

namespace EdgeCnn;

/// <summary>
/// Loads and stores over <c>Bytes</c>, the pointer build (.NET and bare metal). All values are little-endian, as every processor
/// this build runs on. 32-bit loads are at multiples of four from the start of the model or arena.
/// </summary>
public static unsafe class Memory
{
    /// <summary>Reads the unsigned 16-bit integer at <paramref name="offset"/>.</summary>
    public static int UInt16(Bytes bytes, int offset) => *(ushort*)(bytes + offset);

    /// <summary>Reads the signed 16-bit integer at <paramref name="offset"/>.</summary>
    public static int Int16(Bytes bytes, int offset) => *(short*)(bytes + offset);

    /// <summary>Reads the signed 32-bit integer at <paramref name="offset"/>.</summary>
    public static int Int32(Bytes bytes, int offset) => *(int*)(bytes + offset);

    /// <summary>Writes a 16-bit integer at <paramref name="offset"/>.</summary>
    public static void SetInt16(Bytes bytes, int offset, int value) => *(short*)(bytes + offset) = (short)value;

    /// <summary>Writes a 32-bit integer at <paramref name="offset"/>.</summary>
    public static void SetInt32(Bytes bytes, int offset, int value) => *(int*)(bytes + offset) = value;

    /// <summary>Copies <paramref name="count"/> bytes; the two ranges do not overlap.</summary>
    public static void Copy(Bytes source, int from, Bytes destination, int to, int count)
    {
        Bytes s = source + from, d = destination + to;
        int i = 0;
        // Armv7-M and later load and store words anywhere, as x86 and Arm64 do.
        for (; i <= count - sizeof(nint); i += sizeof(nint)) *(nint*)(d + i) = *(nint*)(s + i);
        for (; i < count; i++) d[i] = s[i];
    }

    /// <summary>Sets <paramref name="count"/> bytes to <paramref name="value"/>.</summary>
    public static void Fill(Bytes destination, int to, int count, byte value)
    {
        Bytes d = destination + to;
        int i = 0;
        if (sizeof(nint) == 8 || (to & 3) == 0)
        {
            nint values = value | value << 8;
            for (int bits = 16; bits < 8 * sizeof(nint); bits *= 2) values |= values << bits;
            for (; i <= count - 4 * sizeof(nint); i += 4 * sizeof(nint))
            {
                nint* four = (nint*)(d + i);
                four[0] = values;
                four[1] = values;
                four[2] = values;
                four[3] = values;
            }
        }
        for (; i < count; i++) d[i] = value;
    }
}
