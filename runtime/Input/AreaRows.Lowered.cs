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
    /// <summary>sums[i] = Σ overlap(row) · source[row · rowBytes + i] over the old rows that row <paramref name="y"/> of
    /// <paramref name="newHeight"/> covers, in 1/newHeight of a row.</summary>
    /// <param name="source">The first row of the cut-out.</param>
    /// <param name="rowBytes">From one row to the next.</param>
    /// <param name="count">Bytes of a row to sum.</param>
    /// <param name="height">Rows of the cut-out.</param>
    /// <param name="sums">Receives <paramref name="count"/> sums.</param>
    public static void Sum(byte* source, int rowBytes, int count, int height, int y, int newHeight, uint* sums)
    {
        uint top = (uint)y * (uint)height, bottom = top + (uint)height, side = (uint)newHeight;
        uint row = top / side, rowAt = row * side;
        byte* from = source + (nint)row * rowBytes;
        Scale(from, Least(rowAt + side, bottom) - top, count, sums);
        for (rowAt += side; rowAt < bottom; rowAt += side)
        {
            from += rowBytes;
            AddScaled(from, Least(side, bottom - rowAt), count, sums);
        }
    }

    /// <summary>destination[x · newStep] = ⌊(Σ overlap(column) · sums[column · step] + area / 2) / area⌋ over the old columns that column x of
    /// <paramref name="newWidth"/> covers.</summary>
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

    /// <summary>sums[i] = weight · row[i].</summary>
    private static void Scale(byte* row, uint weight, int count, uint* sums)
    {
        for (int i = 0; i < count; i++) sums[i] = weight * row[i];
    }

    /// <summary>sums[i] += weight · row[i].</summary>
    private static void AddScaled(byte* row, uint weight, int count, uint* sums)
    {
        int i = 0;
        // A product of 16 bits is the whole product up to this weight.
        if (weight <= ushort.MaxValue / byte.MaxValue)
        {
            Vector128<ushort> factor = Vector128.Create((ushort)weight);
            for (; i <= count - 16; i += 16)
            {
                Vector128<byte> bytes = Vector128.Load(row + i);
                Add(Vector128.WidenLower(bytes) * factor, sums + i);
                Add(Vector128.WidenUpper(bytes) * factor, sums + i + 8);
            }
        }
        for (; i < count; i++) sums[i] += weight * row[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector128<ushort> products, uint* sums)
    {
        Vector128.Store(Vector128.Load(sums) + Vector128.WidenLower(products), sums);
        Vector128.Store(Vector128.Load(sums + 4) + Vector128.WidenUpper(products), sums + 4);
    }
}
