using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn;

/// <summary>
/// <see cref="Resize.Area"/> in two passes, bit for bit the same, for large pictures: a new row is first the weighted sum of its old rows,
/// all bytes of a row side by side whatever they mean, and each new sample then the weighted sum of its columns. The sums are whole numbers
/// of 32 bits that no order of adding changes.
/// </summary>
public static unsafe class AreaRows
{
    /// <summary><see cref="Resize.Area"/>, with room for the sums of width · channels bytes in <paramref name="sums"/>.</summary>
    public static void Area(
        byte* source, int rowBytes, int width, int height, int channels, byte* destination, int newWidth, int newHeight, uint* sums)
    {
        for (int y = 0; y < newHeight; y++, destination += newWidth * channels)
        {
            Sum(source, rowBytes, width * channels, height, y, newHeight, sums);
            for (int c = 0; c < channels; c++) Means(sums + c, channels, width, height, destination + c, channels, newWidth);
        }
    }

    /// <summary>sums[i] = Σ overlap(row) · source[row · rowBytes + i] over the old rows that row <paramref name="y"/> of
    /// <paramref name="newHeight"/> covers, in 1/newHeight of a row.</summary>
    /// <param name="source">The first row of the cut-out.</param>
    /// <param name="rowBytes">From one row to the next.</param>
    /// <param name="count">Bytes of a row to sum.</param>
    /// <param name="height">Rows of the cut-out.</param>
    /// <param name="sums">Receives <paramref name="count"/> sums.</param>
    public static void Sum(byte* source, int rowBytes, int count, int height, int y, int newHeight, uint* sums)
    {
        uint side = (uint)newHeight, top = (uint)y * (uint)height, row = top / side;
        // A part of the first row, whole rows, a part of the last.
        uint firstPart = Least((row + 1) * side - top, (uint)height), rest = (uint)height - firstPart;
        uint whole = rest / side, lastPart = rest - whole * side;
        byte* first = source + (nint)row * rowBytes, last = lastPart == 0 ? first : first + (nint)(whole + 1) * rowBytes;
        int i = 0;
        for (; i <= count - 16; i += 16) SumBlock(first + i, firstPart, last + i, lastPart, rowBytes, whole, side, sums + i);
        for (; i < count; i++)
        {
            uint sum = 0;
            for (uint k = 1; k <= whole; k++) sum += first[i + (nint)k * rowBytes];
            sums[i] = firstPart * first[i] + side * sum + lastPart * last[i];
        }
    }

    /// <summary>destination[x · newStep] = ⌊(Σ overlap(column) · sums[column · step] + area / 2) / area⌋ over the old columns that
    /// column x of <paramref name="newWidth"/> covers.</summary>
    /// <param name="sums">The first sample's sum.</param>
    /// <param name="step">From one sample of a row to the next.</param>
    /// <param name="width">Samples in a row of the cut-out.</param>
    /// <param name="height">Rows of the cut-out: area = width · height.</param>
    public static void Means(uint* sums, int step, int width, int height, byte* destination, int newStep, int newWidth)
    {
        uint area = (uint)width * (uint)height, side = (uint)newWidth, left = 0;
        for (int x = 0; x < newWidth; x++, left += (uint)width, destination += newStep)
        {
            uint right = left + (uint)width, column = left / side, columnAt = column * side;
            uint* at = sums + (nint)column * step;
            uint sum = area / 2 + *at * (Least(columnAt + side, right) - left), whole = 0;
            for (columnAt += side, at += step; columnAt + side <= right; columnAt += side, at += step) whole += *at;
            sum += whole * side;
            if (columnAt < right) sum += *at * (right - columnAt);
            *destination = (byte)(sum / area);
        }
    }

    private static uint Least(uint a, uint b) => a < b ? a : b;

    /// <summary>The same for 16 bytes: whole rows are summed in 16 bits, as many as fit.</summary>
    private static void SumBlock(byte* first, uint firstPart, byte* last, uint lastPart, int rowBytes, uint whole, uint side, uint* sums)
    {
        Vector128<byte> bytes = Vector128.Load(first);
        Scale(Vector128.WidenLower(bytes), firstPart, sums);
        Scale(Vector128.WidenUpper(bytes), firstPart, sums + 8);
        if (lastPart > 0)
        {
            bytes = Vector128.Load(last);
            AddScaled(Vector128.WidenLower(bytes), lastPart, sums);
            AddScaled(Vector128.WidenUpper(bytes), lastPart, sums + 8);
        }
        while (whole > 0)
        {
            uint rows = Least(whole, ushort.MaxValue / byte.MaxValue);
            whole -= rows;
            Vector128<ushort> lower = Vector128.Create((ushort)0), upper = lower;
            for (; rows > 0; rows--)
            {
                first += rowBytes;
                bytes = Vector128.Load(first);
                lower += Vector128.WidenLower(bytes);
                upper += Vector128.WidenUpper(bytes);
            }
            AddScaled(lower, side, sums);
            AddScaled(upper, side, sums + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale(Vector128<ushort> values, uint weight, uint* sums)
    {
        Vector128<uint> factor = Vector128.Create(weight);
        Vector128.Store(Vector128.WidenLower(values) * factor, sums);
        Vector128.Store(Vector128.WidenUpper(values) * factor, sums + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddScaled(Vector128<ushort> values, uint weight, uint* sums)
    {
        Vector128<uint> factor = Vector128.Create(weight);
        Vector128.Store(Vector128.Load(sums) + Vector128.WidenLower(values) * factor, sums);
        Vector128.Store(Vector128.Load(sums + 4) + Vector128.WidenUpper(values) * factor, sums + 4);
    }
}
