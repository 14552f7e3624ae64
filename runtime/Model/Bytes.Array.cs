global using Bytes = byte[];

namespace EdgeCnn;

/// <summary>Loads and stores over <c>Bytes</c>, the array build (.NET nanoFramework). All values are little-endian.</summary>
public static class Memory
{
    /// <summary>Reads the unsigned 16-bit integer at <paramref name="offset"/>.</summary>
    public static int UInt16(Bytes bytes, int offset) => bytes[offset] | (bytes[offset + 1] << 8);

    /// <summary>Reads the signed 16-bit integer at <paramref name="offset"/>.</summary>
    public static int Int16(Bytes bytes, int offset) => (short)(bytes[offset] | (bytes[offset + 1] << 8));

    /// <summary>Reads the signed 32-bit integer at <paramref name="offset"/>.</summary>
    public static int Int32(Bytes bytes, int offset) =>
        bytes[offset] | (bytes[offset + 1] << 8) | (bytes[offset + 2] << 16) | (bytes[offset + 3] << 24);

    /// <summary>Writes a 16-bit integer at <paramref name="offset"/>.</summary>
    public static void SetInt16(Bytes bytes, int offset, int value)
    {
        bytes[offset] = (byte)value;
        bytes[offset + 1] = (byte)(value >> 8);
    }

    /// <summary>Writes a 32-bit integer at <paramref name="offset"/>.</summary>
    public static void SetInt32(Bytes bytes, int offset, int value)
    {
        bytes[offset] = (byte)value;
        bytes[offset + 1] = (byte)(value >> 8);
        bytes[offset + 2] = (byte)(value >> 16);
        bytes[offset + 3] = (byte)(value >> 24);
    }

    /// <summary>Copies <paramref name="count"/> bytes; the two ranges do not overlap.</summary>
    public static void Copy(Bytes source, int from, Bytes destination, int to, int count) =>
        System.Array.Copy(source, from, destination, to, count);

    /// <summary>Sets <paramref name="count"/> bytes to <paramref name="value"/>.</summary>
    public static void Fill(Bytes destination, int to, int count, byte value)
    {
        for (int i = 0; i < count; i++) destination[to + i] = value;
    }
}
