using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn;

/// <summary>Sixteen bytes at a time, on every processor with 128-bit vectors.</summary>
internal static unsafe class Bytes128
{
    /// <summary>Stores the first <paramref name="channels"/> of 16 values. The others are stored as well where they fall on rows that
    /// are written later.</summary>
    /// <param name="room">Bytes to the end of the rows that are yet to be written from here on; 0 when rows hold more than these
    /// channels.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreRow(Vector128<sbyte> values, sbyte* output, int channels, nint room)
    {
        if (channels == 16 || room >= 16) *(Vector128<sbyte>*)output = values;
        else StoreChannels(values, output, channels);
    }

    /// <summary>Sets <paramref name="count"/> elements.</summary>
    internal static void Fill(short* to, int count, short value)
    {
        Vector128<short> values = Vector128.Create(value);
        int i = 0;
        for (; i <= count - 8; i += 8) *(Vector128<short>*)(to + i) = values;
        for (; i < count; i++) to[i] = value;
    }

    /// <summary>Sets <paramref name="count"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Fill(byte* to, int count, byte value)
    {
        Vector128<byte> values = Vector128.Create(value);
        int i = 0;
        for (; i <= count - 16; i += 16) *(Vector128<byte>*)(to + i) = values;
        for (; i < count; i++) to[i] = value;
    }

    /// <summary>Stores the first <paramref name="channels"/> of 16 values and nothing behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void StoreChannels(Vector128<sbyte> values, sbyte* output, int channels)
    {
        if (channels >= 16)
        {
            *(Vector128<sbyte>*)output = values;
            return;
        }
        ulong half = values.AsUInt64().ToScalar();
        if ((channels & 8) != 0)
        {
            *(ulong*)output = half;
            half = values.AsUInt64().GetElement(1);
            output += 8;
        }
        if ((channels & 4) != 0)
        {
            *(uint*)output = (uint)half;
            half >>= 32;
            output += 4;
        }
        if ((channels & 2) != 0)
        {
            *(ushort*)output = (ushort)half;
            half >>= 16;
            output += 2;
        }
        if ((channels & 1) != 0) *output = (sbyte)half;
    }
}
