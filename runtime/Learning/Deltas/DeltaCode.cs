namespace EdgeCnn;

/// <summary>
/// The numbers of a delta as bytes: a number that is not 0 as zigzag (0, −1, 1, −2 … are 0, 1, 2, 3 …) in groups of seven bits, lowest
/// first, all but the last with their top bit set; a run of n zeros as a byte 0 and n − 1 in such groups.
/// </summary>
internal static unsafe class DeltaCode
{
    /// <summary>Bytes that a number of 32 bits takes at most.</summary>
    private const int MaxGroups = 5;

    /// <summary>Adds a number to the code at <paramref name="at"/>. Zeros wait in <paramref name="zeros"/> for the end of their
    /// run.</summary>
    /// <returns>The end of the code. What would come behind <paramref name="capacity"/> is not written.</returns>
    internal static int Put(Bytes to, int at, int capacity, ref int zeros, int number)
    {
        if (number == 0)
        {
            zeros++;
            return at;
        }
        return PutGroups(to, PutZeros(to, at, capacity, ref zeros), capacity, (uint)((number << 1) ^ (number >> 31)));
    }

    /// <summary>Writes the zeros that wait.</summary>
    internal static int PutZeros(Bytes to, int at, int capacity, ref int zeros)
    {
        if (zeros == 0) return at;
        at = PutGroups(to, PutByte(to, at, capacity, 0), capacity, (uint)zeros - 1);
        zeros = 0;
        return at;
    }

    /// <summary>The next number of a code that is well formed. <paramref name="zeros"/> is how many of the present run are left.</summary>
    internal static int Take(Bytes from, ref int at, ref int zeros)
    {
        if (zeros > 0)
        {
            zeros--;
            return 0;
        }
        uint groups = TakeGroups(from, ref at);
        if (groups == 0) zeros = (int)TakeGroups(from, ref at);
        return (int)(groups >> 1) ^ -(int)(groups & 1);
    }

    /// <summary>Whether there are groups before <paramref name="end"/> that make a number of 32 bits, the shortest that do.</summary>
    internal static bool HasGroups(Bytes from, int at, int end)
    {
        int last = at;
        while (last < end && last - at < MaxGroups && from[last] > 127) last++;
        if (last >= end || last - at >= MaxGroups) return false;
        bool fits = last - at < MaxGroups - 1 || from[last] < 16;
        return fits && (last == at || from[last] != 0);
    }

    /// <summary>The number in the groups at <paramref name="at"/>.</summary>
    internal static uint TakeGroups(Bytes from, ref int at)
    {
        uint value = 0;
        int shift = 0;
        for (; from[at] > 127; at++, shift += 7) value |= (uint)(from[at] & 127) << shift;
        return value | (uint)from[at++] << shift;
    }

    private static int PutGroups(Bytes to, int at, int capacity, uint value)
    {
        for (; value > 127; value >>= 7) at = PutByte(to, at, capacity, (int)(value & 127) | 128);
        return PutByte(to, at, capacity, (int)value);
    }

    private static int PutByte(Bytes to, int at, int capacity, int value)
    {
        if (at < capacity) to[at] = (byte)value;
        return at + 1;
    }
}
