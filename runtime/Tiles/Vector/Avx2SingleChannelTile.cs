using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeCnn;

/// <summary>
/// x86: convolution of an input with one channel by a few filters. Where <see cref="ITile"/> has a lane per output channel, of which such
/// a layer leaves many empty, this has a lane per place: a vector of staged int16 is at once the pairs of neighbouring taps under every
/// second window, and the vector that begins one element further those under the windows between.
/// </summary>
internal static unsafe class Avx2SingleChannelTile
{
    /// <summary>Places that are computed together: the even and the odd ones in two vectors each.</summary>
    internal const int Places = 32;

    /// <summary>Most output channels: what one interleaving takes.</summary>
    internal const int Channels = 8;

    /// <summary>
    /// Sums of two channels at <see cref="Places"/> neighbouring places: sums[c][0..15] those at even places, sums[c][16..31] at odd ones.
    /// </summary>
    /// <param name="window">Where the first place's window begins, staged to int16. When that is the last place of the image, 32 elements
    /// behind it are read: <see cref="PaddedWindow.Slack"/>. They meet zero weights or become sums that nobody looks at.</param>
    /// <param name="line">Elements from one line of the window to the next.</param>
    /// <param name="lines">Window rows.</param>
    /// <param name="pairs">Pairs of taps in a row, the last one filled up with a zero weight.</param>
    /// <param name="weights">[line][pair][channel of the two]: two int16 taps in an int32.</param>
    /// <param name="bias">Of the two channels.</param>
    /// <param name="sums">2 × 32.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Dot(short* window, nint line, int lines, int pairs, int* weights, int* bias, int* sums)
    {
        Vector256<int> even = Vector256.Create(bias[0]), even16 = even, odd = even, odd16 = even;
        Vector256<int> evenB = Vector256.Create(bias[1]), even16B = evenB, oddB = evenB, odd16B = evenB;
        for (; lines > 0; lines--, window += line)
        {
            short* taps = window;
            for (int p = pairs; p > 0; p--, taps += 2, weights += 2)
            {
                Vector256<short> a = Vector256.Create(weights[0]).AsInt16(), b = Vector256.Create(weights[1]).AsInt16(), x;
                x = Vector256.Load(taps); even += Avx2.MultiplyAddAdjacent(x, a); evenB += Avx2.MultiplyAddAdjacent(x, b);
                x = Vector256.Load(taps + 16); even16 += Avx2.MultiplyAddAdjacent(x, a); even16B += Avx2.MultiplyAddAdjacent(x, b);
                x = Vector256.Load(taps + 1); odd += Avx2.MultiplyAddAdjacent(x, a); oddB += Avx2.MultiplyAddAdjacent(x, b);
                x = Vector256.Load(taps + 17); odd16 += Avx2.MultiplyAddAdjacent(x, a); odd16B += Avx2.MultiplyAddAdjacent(x, b);
            }
        }
        even.Store(sums); even16.Store(sums + 8); odd.Store(sums + 16); odd16.Store(sums + 24);
        evenB.Store(sums + 32); even16B.Store(sums + 40); oddB.Store(sums + 48); odd16B.Store(sums + 56);
    }

    /// <summary>From the sums of a channel to its plane: plane[place] for <see cref="Places"/> places of each of a few rows.</summary>
    /// <param name="sums">rows × <see cref="Channels"/> × 32, from the channel's first sum on.</param>
    /// <param name="plane">rows × <see cref="Channels"/> × 32, from the channel's first place on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Requantize(int* sums, int rows, in Requantization numbers, int channel, sbyte* plane)
    {
        var lanes = Avx2Lanes.OfChannel(numbers, channel);
        Vector256<short> min = Vector256.Create((short)numbers.Min), max = Vector256.Create((short)numbers.Max);
        bool rectified = numbers.IsRectified;
        for (; rows > 0; rows--, sums += Channels * Places, plane += Channels * Places)
        {
            Vector256<int> a = Vector256.Load(sums), b = Vector256.Load(sums + 8), c = Vector256.Load(sums + 16), d = Vector256.Load(sums + 24);
            Vector256<short> even, odd;
            if (rectified)
            {
                even = Avx2.PackSignedSaturate(lanes.OfPositive(a), lanes.OfPositive(b));
                odd = Avx2.PackSignedSaturate(lanes.OfPositive(c), lanes.OfPositive(d));
            }
            else
            {
                even = Avx2.PackSignedSaturate(lanes.Of(a), lanes.Of(b));
                odd = Avx2.PackSignedSaturate(lanes.Of(c), lanes.Of(d));
            }
            even = Avx2.Min(Avx2.Max(even, min), max);
            odd = Avx2.Min(Avx2.Max(odd, min), max);
            // Byte pairs (even, odd) are in the order of places but for the two middle quarters, which packing has exchanged.
            Vector256<short> pairs = (even & Vector256.Create((short)0xFF)) | (odd << 8);
            Avx2.Permute4x64(pairs.AsInt64(), 0b11_01_10_00).AsSByte().Store(plane);
        }
    }

    /// <summary>The same for shifts that need the words of <see cref="Requantize"/>.</summary>
    internal static void RequantizeExactly(int* sums, int rows, in Requantization numbers, int channel, sbyte* plane)
    {
        for (; rows > 0; rows--, sums += Channels * Places, plane += Channels * Places)
            for (int place = 0; place < Places; place++)
                plane[place] = numbers.Exact(sums[place / 2 + (place & 1) * (Places / 2)], channel);
    }

    /// <summary>output[place][channel] = planes[channel][place]: transposes bytes, 16 places at a time.</summary>
    /// <param name="planes"><see cref="Channels"/> × 32; what lies beyond <paramref name="channels"/> doesn't count.</param>
    /// <param name="places">1 to <see cref="Places"/>.</param>
    /// <param name="output">The first place's channels.</param>
    /// <param name="room">Bytes to the end of the output from here on; within it, places yet to come may be written with anything.</param>
    internal static void Interleave(sbyte* planes, int places, sbyte* output, int channels, nint room)
    {
        for (; places > 0; places -= 16, planes += 16, output += 16 * channels, room -= 16 * channels)
        {
            if (room >= 15 * channels + 8)
            {
                Sixteen(planes, output, channels);
                continue;
            }
            for (int p = 0; p < places && p < 16; p++)
                for (int c = 0; c < channels; c++) output[p * channels + c] = planes[c * Places + p];
        }
    }

    /// <summary>Eight bytes per place, of which those behind the last channel are overwritten by the next place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sixteen(sbyte* planes, sbyte* output, nint channels)
    {
        Vector128<sbyte> c0 = Vector128.Load(planes), c1 = Vector128.Load(planes + Places);
        Vector128<sbyte> c2 = Vector128.Load(planes + 2 * Places), c3 = Vector128.Load(planes + 3 * Places);
        Vector128<sbyte> c4 = Vector128.Load(planes + 4 * Places), c5 = Vector128.Load(planes + 5 * Places);
        Vector128<sbyte> c6 = Vector128.Load(planes + 6 * Places), c7 = Vector128.Load(planes + 7 * Places);
        Eight(
            Sse2.UnpackLow(c0, c4), Sse2.UnpackLow(c1, c5), Sse2.UnpackLow(c2, c6), Sse2.UnpackLow(c3, c7), output, channels);
        Eight(
            Sse2.UnpackHigh(c0, c4), Sse2.UnpackHigh(c1, c5), Sse2.UnpackHigh(c2, c6), Sse2.UnpackHigh(c3, c7), output + 8 * channels, channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(
        Vector128<sbyte> c04, Vector128<sbyte> c15, Vector128<sbyte> c26, Vector128<sbyte> c37, sbyte* output, nint channels)
    {
        Vector128<sbyte> even = Sse2.UnpackLow(c04, c26), odd = Sse2.UnpackLow(c15, c37);
        Two(Sse2.UnpackLow(even, odd), output, channels);
        Two(Sse2.UnpackHigh(even, odd), output + 2 * channels, channels);
        even = Sse2.UnpackHigh(c04, c26);
        odd = Sse2.UnpackHigh(c15, c37);
        Two(Sse2.UnpackLow(even, odd), output + 4 * channels, channels);
        Two(Sse2.UnpackHigh(even, odd), output + 6 * channels, channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Two(Vector128<sbyte> places, sbyte* output, nint channels)
    {
        *(long*)output = places.AsInt64().ToScalar();
        *(long*)(output + channels) = places.AsInt64().GetElement(1);
    }
}
