namespace System;

/// <summary>What RyuJIT calls, by name, to copy or clear a block that is too large to do inline.</summary>
internal static unsafe class SpanHelpers
{
    /// <summary>Copies <paramref name="count"/> bytes; the two blocks may overlap.</summary>
    public static void Memmove(ref byte destination, ref byte source, nuint count)
    {
        fixed (byte* to = &destination, from = &source)
        {
            if ((nuint)to - (nuint)from >= count)
                for (nuint i = 0; i < count; i++)
                    to[i] = from[i];
            else
                while (count-- != 0)
                    to[count] = from[count];
        }
    }

    /// <summary>Sets <paramref name="count"/> bytes to zero.</summary>
    public static void ClearWithoutReferences(ref byte block, nuint count) => Fill(ref block, 0, count);

    /// <summary>Sets <paramref name="count"/> bytes to <paramref name="value"/>.</summary>
    public static void Fill(ref byte block, byte value, nuint count)
    {
        fixed (byte* to = &block)
            for (nuint i = 0; i < count; i++)
                to[i] = value;
    }
}
