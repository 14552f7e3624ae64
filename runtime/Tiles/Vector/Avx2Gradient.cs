using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EdgeCnn;

/// <summary>x86 AVX2. Products are <c>vpmaddwd</c>, whose second addend is another row's product, the rounding's noise, or zero.</summary>
internal readonly unsafe struct Avx2Gradient : IGradientTile
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(int* sums, int factor, sbyte* row, int count)
    {
        Vector256<short> pair = Pair(factor, 0);
        int k = 0;
        for (; k <= count - 8; k += 8)
            (Vector256.Load(sums + k) + Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int32(row + k).AsInt16(), pair)).Store(sums + k);
        for (; k <= count - 4; k += 4)
            (Vector128.Load(sums + k) + Sse41.ConvertToVector128Int32(row + k) * Vector128.Create(factor)).Store(sums + k);
        for (; k < count; k++) sums[k] += factor * row[k];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(int* sums, int factor0, sbyte* row0, int factor1, sbyte* row1, int count)
    {
        Vector256<short> pair = Pair(factor0, factor1);
        int k = 0;
        for (; k <= count - 16; k += 16)
        {
            Vector128<sbyte> w0 = Vector128.Load(row0 + k), w1 = Vector128.Load(row1 + k);
            Vector256<short> low = Avx2.ConvertToVector256Int16(Sse2.UnpackLow(w0, w1)), high = Avx2.ConvertToVector256Int16(Sse2.UnpackHigh(w0, w1));
            (Vector256.Load(sums + k) + Avx2.MultiplyAddAdjacent(low, pair)).Store(sums + k);
            (Vector256.Load(sums + k + 8) + Avx2.MultiplyAddAdjacent(high, pair)).Store(sums + k + 8);
        }
        for (; k <= count - 4; k += 4)
            (Vector128.Load(sums + k) + Sse41.ConvertToVector128Int32(row0 + k) * Vector128.Create(factor0)
                + Sse41.ConvertToVector128Int32(row1 + k) * Vector128.Create(factor1)).Store(sums + k);
        for (; k < count; k++) sums[k] += factor0 * row0[k] + factor1 * row1[k];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(int* sums, int factor, short* row, int count, int lines, nint lineStep)
    {
        Vector256<short> pair = Pair(factor, 0);
        if (count == 8)
        {
            for (; lines > 0; lines--, row += lineStep, sums += 8) Eight(sums, row, pair);
            return;
        }
        nint steps = count >> 3;
        for (; lines > 0; lines--, row += lineStep)
        {
            short* at = row;
            nint left = steps;
            for (; left >= 4; left -= 4, at += 32, sums += 32)
            {
                Eight(sums, at, pair);
                Eight(sums + 8, at + 8, pair);
                Eight(sums + 16, at + 16, pair);
                Eight(sums + 24, at + 24, pair);
            }
            for (; left > 0; left--, at += 8, sums += 8) Eight(sums, at, pair);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(int* sums, short* row, Vector256<short> pair) =>
        (Vector256.Load(sums) + Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int32(row).AsInt16(), pair)).Store(sums);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(int* sums, int* row, int count)
    {
        int k = 0;
        for (; k <= count - 8; k += 8) (Vector256.Load(sums + k) + Vector256.Load(row + k)).Store(sums + k);
        for (; k <= count - 4; k += 4) (Vector128.Load(sums + k) + Vector128.Load(row + k)).Store(sums + k);
        for (; k < count; k++) sums[k] += row[k];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot(short* row, int depth, sbyte* weights, int* bias, int channels, int* sums)
    {
        // The last step of a row overlaps the one before; what that has had already counts as zero.
        int whole = depth & ~15, last = depth - 16;
        Vector256<short> rest = depth < 16 || whole == depth
            ? default
            : Vector256.Load(row + last) & Vector256.GreaterThan(Lanes(), Vector256.Create((short)(whole - last - 1)));
        int c = 0;
        for (; depth >= 16 && c <= channels - 4; c += 4, weights += 4 * depth)
        {
            Vector256<int> a0 = default, a1 = a0, a2 = a0, a3 = a0;
            sbyte* w0 = weights, w1 = w0 + depth, w2 = w1 + depth, w3 = w2 + depth;
            for (int k = 0; k < whole; k += 16)
            {
                Vector256<short> x = Vector256.Load(row + k);
                a0 += Products(x, w0 + k);
                a1 += Products(x, w1 + k);
                a2 += Products(x, w2 + k);
                a3 += Products(x, w3 + k);
            }
            if (whole < depth)
            {
                a0 += Products(rest, w0 + last);
                a1 += Products(rest, w1 + last);
                a2 += Products(rest, w2 + last);
                a3 += Products(rest, w3 + last);
            }
            Vector256<int> halves = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a0, a1), Avx2.HorizontalAdd(a2, a3));
            (halves.GetLower() + halves.GetUpper() + Vector128.Load(bias + c)).Store(sums + c);
        }
        for (; c < channels; c++, weights += depth)
        {
            Vector256<int> sum = default;
            int k = 0, scalar = 0;
            for (; k < whole; k += 16) sum += Products(Vector256.Load(row + k), weights + k);
            for (; k < depth; k++) scalar += row[k] * weights[k];
            sums[c] = bias[c] + Vector256.Sum(sum) + scalar;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int NonZeros(short* error, int count, int* list)
    {
        int found = 0, k = 0;
        for (; k <= count - 32; k += 32)
        {
            Vector256<sbyte> packed = Avx2.PackSignedSaturate(Vector256.Load(error + k), Vector256.Load(error + k + 16));
            uint mask = ~Vector256.Equals(Avx2.Permute4x64(packed.AsInt64(), 0b11_01_10_00).AsSByte(), default).ExtractMostSignificantBits();
            for (; mask != 0; mask &= mask - 1) list[found++] = k + BitOperations.TrailingZeroCount(mask);
        }
        for (; k < count; k++)
            if (error[k] != 0) list[found++] = k;
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Magnitude(int* sums, int count)
    {
        Vector256<int> all = default;
        int k = 0, bits = 0;
        for (; k <= count - 8; k += 8)
        {
            Vector256<int> x = Vector256.Load(sums + k);
            all |= x ^ (x >> 31);
        }
        for (; k < count; k++) bits |= sums[k] ^ (sums[k] >> 31);
        Vector128<int> half = all.GetLower() | all.GetUpper();
        return bits | half[0] | half[1] | half[2] | half[3];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow(int* sums, int count, int shift)
    {
        short* to = (short*)sums;
        int k = 0;
        for (; k <= count - 16; k += 16)
        {
            Vector256<int> low = Vector256.Load(sums + k), high = Vector256.Load(sums + k + 8);
            if (shift > 0)
            {
                low = ((low >> (shift - 1)) + Vector256<int>.One) >> 1;
                high = ((high >> (shift - 1)) + Vector256<int>.One) >> 1;
            }
            else
            {
                low <<= -shift;
                high <<= -shift;
            }
            Avx2.Permute4x64(Avx2.PackSignedSaturate(low, high).AsInt64(), 0b11_01_10_00).AsInt16().Store(to + k);
        }
        for (; k < count; k++) to[k] = (short)ErrorTensor.Shifted(sums[k], shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mask(short* error, sbyte* output, int count, int min, int max)
    {
        Vector256<short> low = Vector256.Create((short)min), high = Vector256.Create((short)max);
        int k = 0;
        for (; k <= count - 16; k += 16)
        {
            Vector256<short> q = Avx2.ConvertToVector256Int16(output + k);
            (Vector256.Load(error + k) & Vector256.GreaterThan(q, low) & Vector256.GreaterThan(high, q)).Store(error + k);
        }
        for (; k < count; k++)
            if (output[k] <= min || output[k] >= max) error[k] = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MoveByProducts(
        sbyte* row, int zeroPoint, int factor, int shift, uint key, sbyte* weights, byte* fractions, int count, ref int change)
    {
        // Signed noise, 2¹⁵ less than the unsigned, is made up for after it has been multiplied.
        int down = shift < 16 ? 16 - shift : 0, up = shift > 16 ? shift - 16 : 0, half = ((1 << up) >> 1) + ((1 << shift) >> 1);
        Vector256<short> pair = Pair(factor, shift == 0 ? 0 : 1 << up), zero = Vector256.Create((short)zeroPoint);
        Vector256<int> addend = Vector256.Create(half);
        Vector256<byte> sign = Vector256.Create((byte)0x80);
        // A number is for two neighbouring weights; the order is that of interleaving lanes of 128 bits.
        Vector256<uint> index = Vector256.Create(key) + Vector256.Create(0u, 1, 2, 3, 8, 9, 10, 11);
        Vector256<ulong> sum = default;
        int even = count & ~1;
        for (int done = 0; done < even; done += 32)
        {
            // The last step overlaps the one before; what that has moved already stays.
            int k = done <= even - 32 ? done : even - 32;
            Vector256<sbyte> x = Vector256.Load(row + k);
            if (k < done) x = Avx2.BlendVariable(Vector256.Create((sbyte)zeroPoint), x, Vector256.GreaterThan(ByteLanes(), Vector256.Create((sbyte)(done - k - 1))));
            Vector256<uint> low = index + Vector256.Create((uint)k >> 1), high = low + Vector256.Create(4u);
            Vector256<sbyte> w = Vector256.Load(weights + k);
            Vector256<sbyte> f = Vector256.Load((sbyte*)fractions + k);
            Vector256<short> lowWeights = Moved(
                Avx2.UnpackLow(f, w).AsInt16(), Steps((Avx2.UnpackLow(x, x).AsInt16() >> 8) - zero, Noise(low, down), pair, addend, shift));
            Vector256<short> highWeights = Moved(
                Avx2.UnpackHigh(f, w).AsInt16(), Steps((Avx2.UnpackHigh(x, x).AsInt16() >> 8) - zero, Noise(high, down), pair, addend, shift));
            Vector256<sbyte> moved = Avx2.PackSignedSaturate(lowWeights >> 8, highWeights >> 8);
            Vector256<short> fraction = Vector256.Create((short)0xFF);
            moved.Store(weights + k);
            Avx2.PackUnsignedSaturate(lowWeights & fraction, highWeights & fraction).Store(fractions + k);
            sum += Avx2.SumAbsoluteDifferences(moved.AsByte() ^ sign, default).AsUInt64() - Avx2.SumAbsoluteDifferences(w.AsByte() ^ sign, default).AsUInt64();
        }
        change += (int)Vector256.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int MoveBySums(
        int* sums, int fold, int factor, int shift, uint key, sbyte* weights, byte* fractions, int count, ref int change)
    {
        Vector256<int> factors = Vector256.Create(factor), folds = Vector256.Create(fold);
        Vector256<long> half = Vector256.Create((1L << (shift - 16)) >> 1), sign = Vector256.Create(long.MinValue), signs = sign >>> shift;
        Vector128<uint> index = Vector128.Create(key) + Vector128.Create(0u, 1, 2, 3);
        Vector128<int> changes = default;
        int whole = count < 8 ? 0 : count & ~1;
        for (int done = 0; done < whole; done += 8)
        {
            // The last step overlaps the one before; what that has moved already stays.
            int k = done <= whole - 8 ? done : whole - 8;
            Vector256<long> noise = Avx2.ConvertToVector256Int64(Mixed(index + Vector128.Create((uint)k >> 1)));
            Vector256<int> sum = Vector256.Load(sums + k) - folds;
            if (k < done) sum &= Vector256.GreaterThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(done - k - 1));
            Vector256<long> even = Avx2.Multiply(sum, factors) + ((noise & Vector256.Create(0xFFFFL)) << (shift - 16)) + half;
            Vector256<long> odd = Avx2.Multiply((sum.AsInt64() >>> 32).AsInt32(), factors) + ((noise >>> 16) << (shift - 16)) + half;
            // An arithmetic shift of 64 bits, which AVX2 lacks, from a logical one of what is 2⁶³ larger.
            even = ((even ^ sign) >>> shift) - signs;
            odd = ((odd ^ sign) >>> shift) - signs;
            Vector256<int> steps = Avx2.Blend(even.AsInt32(), (odd << 32).AsInt32(), 0b10101010);
            Vector128<short> w = Sse41.ConvertToVector128Int16(weights + k);
            Vector128<short> weight = (w << 8) | Sse41.ConvertToVector128Int16(fractions + k);
            weight = Vector128.Max(Sse2.AddSaturate(weight, Sse2.PackSignedSaturate(steps.GetLower(), steps.GetUpper())), Vector128.Create((short)-0x7F00));
            Vector128<short> moved = weight >> 8;
            changes += Sse2.MultiplyAddAdjacent(moved - w, Vector128<short>.One);
            *(ulong*)(weights + k) = Sse2.PackSignedSaturate(moved, moved).AsUInt64().ToScalar();
            Vector128<short> fraction = weight & Vector128.Create((short)0xFF);
            *(ulong*)(fractions + k) = Sse2.PackUnsignedSaturate(fraction, fraction).AsUInt64().ToScalar();
        }
        change += Vector128.Sum(changes);
        return whole;
    }

    /// <summary>Two numbers of 16 bits, side by side in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Pair(int low, int high) => Vector256.Create((low & 0xFFFF) | high << 16).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Products(Vector256<short> x, sbyte* weights) => Avx2.MultiplyAddAdjacent(x, Avx2.ConvertToVector256Int16(weights));

    /// <summary>(factor · x + noise) >> shift, saturated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Steps(Vector256<short> x, Vector256<short> noise, Vector256<short> pair, Vector256<int> addend, int shift) =>
        Avx2.PackSignedSaturate(
            (Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(x, noise), pair) + addend) >> shift,
            (Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(x, noise), pair) + addend) >> shift);

    /// <summary>A weight and its fraction, moved, not below −127.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Moved(Vector256<short> weights, Vector256<short> steps) =>
        Vector256.Max(Avx2.AddSaturate(weights, steps), Vector256.Create((short)-0x7F00));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Noise(Vector256<uint> index, int down) => (Mixed(index) ^ Vector256.Create(0x80008000)).AsInt16() >> down;

    /// <summary><see cref="Generator.At"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Mixed(Vector256<uint> x)
    {
        x = (x ^ (x >>> 16)) * Vector256.Create(Generator.Factor1);
        x = (x ^ (x >>> 15)) * Vector256.Create(Generator.Factor2);
        return x ^ (x >>> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Mixed(Vector128<uint> x)
    {
        x = (x ^ (x >>> 16)) * Vector128.Create(Generator.Factor1);
        x = (x ^ (x >>> 15)) * Vector128.Create(Generator.Factor2);
        return x ^ (x >>> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Lanes() => Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> ByteLanes() => Vector256.Create(
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31);
}
