using System.Runtime.CompilerServices;

namespace EdgeCnn;

/// <summary>The transforms of <see cref="IWinogradTile"/>, once for vectors of every size.</summary>
internal static unsafe class WinogradTransforms
{
    /// <summary>Sums from one position to the next.</summary>
    private const int Position = Winograd.TilesAtOnce * ITile.BlockChannels;

    /// <summary>Elements from an output to the one below.</summary>
    private const int OutputRow = 2 * Position;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Lines<TLanes, TShort, TInt>(
        sbyte* d0, sbyte* d1, sbyte* d2, sbyte* d3, int count, short* lines, nint lineStep)
        where TLanes : struct, IWinogradLanes<TShort, TInt>
        where TShort : struct
        where TInt : struct
    {
        short* line0 = lines, line1 = lines + lineStep, line2 = line1 + lineStep, line3 = line2 + lineStep;
        int i = 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count)
        {
            TShort a = TLanes.Widen(d0 + i), b = TLanes.Widen(d1 + i), c = TLanes.Widen(d2 + i), d = TLanes.Widen(d3 + i);
            TLanes.Store(line0 + i, TLanes.Subtract(a, c));
            TLanes.Store(line1 + i, TLanes.Add(b, c));
            TLanes.Store(line2 + i, TLanes.Subtract(c, b));
            TLanes.Store(line3 + i, TLanes.Subtract(b, d));
        }
        for (; i < count; i++)
        {
            line0[i] = (short)(d0[i] - d2[i]);
            line1[i] = (short)(d1[i] + d2[i]);
            line2[i] = (short)(d2[i] - d1[i]);
            line3[i] = (short)(d1[i] - d3[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Patches<TLanes, TShort, TInt>(short* lines, nint lineStep, int count, int channels, short* patches, nint row)
        where TLanes : struct, IWinogradLanes<TShort, TInt>
        where TShort : struct
        where TInt : struct
    {
        nint position = Winograd.TilesAtOnce * row;
        for (int i = 0; i < 4; i++, lines += lineStep, patches += 4 * position)
        {
            short* d0 = lines, v0 = patches;
            for (int t = count; t > 0; t--, d0 += 2 * channels, v0 += row)
            {
                short* d1 = d0 + channels, d2 = d1 + channels, d3 = d2 + channels;
                short* v1 = v0 + position, v2 = v1 + position, v3 = v2 + position;
                for (nint k = 0; k < channels; k += TLanes.Count)
                {
                    TShort a = TLanes.Load(d0 + k), b = TLanes.Load(d1 + k), c = TLanes.Load(d2 + k), d = TLanes.Load(d3 + k);
                    TLanes.Store(v0 + k, TLanes.Subtract(a, c));
                    TLanes.Store(v1 + k, TLanes.Add(b, c));
                    TLanes.Store(v2 + k, TLanes.Subtract(c, b));
                    TLanes.Store(v3 + k, TLanes.Subtract(b, d));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Outputs<TLanes, TShort, TInt>(int* sums, int count, int* bias, int* outputs)
        where TLanes : struct, IWinogradLanes<TShort, TInt>
        where TShort : struct
        where TInt : struct
    {
        for (int first = 0; first < ITile.BlockChannels; first += TLanes.Count / 2)
        {
            int* m = sums + first, y = outputs + first;
            TInt b = TLanes.Load(bias + first);
            for (int t = count; t > 0; t--, m += ITile.BlockChannels, y += 2 * ITile.BlockChannels)
            {
                Column<TLanes, TShort, TInt>(m, out TInt u0, out TInt v0);
                Column<TLanes, TShort, TInt>(m + Position, out TInt u1, out TInt v1);
                Column<TLanes, TShort, TInt>(m + 2 * Position, out TInt u2, out TInt v2);
                Column<TLanes, TShort, TInt>(m + 3 * Position, out TInt u3, out TInt v3);
                Pair<TLanes, TShort, TInt>(u0, u1, u2, u3, b, y);
                Pair<TLanes, TShort, TInt>(v0, v1, v2, v3, b, y + OutputRow);
            }
        }
    }

    /// <summary>A column of Aᵀm: m₀ + m₁ + m₂ and m₁ − m₂ − m₃.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column<TLanes, TShort, TInt>(int* m, out TInt upper, out TInt lower)
        where TLanes : struct, IWinogradLanes<TShort, TInt>
        where TShort : struct
        where TInt : struct
    {
        TInt m1 = TLanes.Load(m + 4 * Position), m2 = TLanes.Load(m + 8 * Position);
        upper = TLanes.Add(TLanes.Add(TLanes.Load(m), m1), m2);
        lower = TLanes.Subtract(TLanes.Subtract(m1, m2), TLanes.Load(m + 12 * Position));
    }

    /// <summary>Two neighbouring outputs, from a row of Aᵀm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair<TLanes, TShort, TInt>(TInt m0, TInt m1, TInt m2, TInt m3, TInt bias, int* outputs)
        where TLanes : struct, IWinogradLanes<TShort, TInt>
        where TShort : struct
        where TInt : struct
    {
        TLanes.Store(outputs, TLanes.Add(TLanes.Quarter(TLanes.Add(TLanes.Add(m0, m1), m2)), bias));
        TLanes.Store(
            outputs + ITile.BlockChannels, TLanes.Add(TLanes.Quarter(TLanes.Subtract(TLanes.Subtract(m1, m2), m3)), bias));
    }
}
