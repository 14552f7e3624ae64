using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeCnn;

/// <summary>The products of <see cref="IWinogradTile"/> as <see cref="Avx512Tile"/> makes them.</summary>
internal static unsafe class Avx512WinogradProducts
{
    private const int RowsAtOnce = 8;

    private const int Position = Winograd.TilesAtOnce * ITile.BlockChannels, PairChannels = 2 * ITile.BlockChannels;

    /// <summary>
    /// 8 rows × 16 channels in 16 chains of 8 sums, which begin with the first product. All positions in one loop: with few channels
    /// the chains are short, and a call for each of them costs as much again as the products. A rest of up to 4 rows is left to AVX2.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Of(short* patches, nint row, int count, int groups, short* weights, int* sums)
    {
        nint nextPosition = Winograd.TilesAtOnce * row - 2 * (nint)groups;
        int left = count;
        for (; left > RowsAtOnce / 2; left -= RowsAtOnce, patches += RowsAtOnce * row, sums += RowsAtOnce * ITile.BlockChannels)
        {
            short* x0 = patches, x1 = x0 + row, x2 = x1 + row, x3 = x2 + row, x4 = x3 + row, x5 = x4 + row, x6 = x5 + row, x7 = x6 + row;
            short* packed = weights;
            int* to = sums;
            nint k = 0;
            for (int p = Winograd.Positions; p > 0; p--, k += nextPosition, to += Position)
            {
                Vector256<short> v = Vector256.Load(packed), w = Vector256.Load(packed + 16), x;
                x = Pair(x0 + k); Vector256<int> a0 = Products(x, v), b0 = Products(x, w);
                x = Pair(x1 + k); Vector256<int> a1 = Products(x, v), b1 = Products(x, w);
                x = Pair(x2 + k); Vector256<int> a2 = Products(x, v), b2 = Products(x, w);
                x = Pair(x3 + k); Vector256<int> a3 = Products(x, v), b3 = Products(x, w);
                x = Pair(x4 + k); Vector256<int> a4 = Products(x, v), b4 = Products(x, w);
                x = Pair(x5 + k); Vector256<int> a5 = Products(x, v), b5 = Products(x, w);
                x = Pair(x6 + k); Vector256<int> a6 = Products(x, v), b6 = Products(x, w);
                x = Pair(x7 + k); Vector256<int> a7 = Products(x, v), b7 = Products(x, w);
                k += 2;
                packed += PairChannels;
                for (int g = groups; g > 1; g--, k += 2, packed += PairChannels)
                {
                    v = Vector256.Load(packed);
                    w = Vector256.Load(packed + 16);
                    x = Pair(x0 + k); a0 += Products(x, v); b0 += Products(x, w);
                    x = Pair(x1 + k); a1 += Products(x, v); b1 += Products(x, w);
                    x = Pair(x2 + k); a2 += Products(x, v); b2 += Products(x, w);
                    x = Pair(x3 + k); a3 += Products(x, v); b3 += Products(x, w);
                    x = Pair(x4 + k); a4 += Products(x, v); b4 += Products(x, w);
                    x = Pair(x5 + k); a5 += Products(x, v); b5 += Products(x, w);
                    x = Pair(x6 + k); a6 += Products(x, v); b6 += Products(x, w);
                    x = Pair(x7 + k); a7 += Products(x, v); b7 += Products(x, w);
                }
                a0.Store(to); b0.Store(to + 8);
                a1.Store(to + 16); b1.Store(to + 24);
                a2.Store(to + 32); b2.Store(to + 40);
                a3.Store(to + 48); b3.Store(to + 56);
                a4.Store(to + 64); b4.Store(to + 72);
                a5.Store(to + 80); b5.Store(to + 88);
                a6.Store(to + 96); b6.Store(to + 104);
                a7.Store(to + 112); b7.Store(to + 120);
            }
        }
        if (left > 0) Avx2WinogradProducts.Of(patches, row, left, groups, weights, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Pair(short* at) => Vector256.Create(*(int*)at).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Products(Vector256<short> x, Vector256<short> w) => Avx2.MultiplyAddAdjacent(x, w);
}
