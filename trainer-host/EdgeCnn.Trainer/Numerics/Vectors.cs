using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Numerics;

/// <summary>Sums and products of long vectors, with bits that don't depend on the processor's vectors.</summary>
internal static class Vectors
{
    private const int Step = 8;

    /// <summary>Σ a·b in double precision: eight running sums, added in the end in a fixed order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector256<double> low = default, high = default;
        var i = 0;
        for (; i + Step <= a.Length; i += Step)
        {
            var (aLow, aHigh) = Load(a, i);
            var (bLow, bHigh) = Load(b, i);
            low = Vector256.FusedMultiplyAdd(aLow, bLow, low);
            high = Vector256.FusedMultiplyAdd(aHigh, bHigh, high);
        }

        var sum = 0.0;
        for (var lane = 0; lane < Vector256<double>.Count; lane++)
            sum += low[lane] + high[lane];
        for (; i < a.Length; i++)
            sum += double.CreateTruncating(a[i]) * double.CreateTruncating(b[i]);
        return sum;
    }

    /// <summary>y ← y + factor·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(double factor, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var scale = T.CreateTruncating(factor);
        ref var to = ref MemoryMarshal.GetReference(y);
        ref var from = ref MemoryMarshal.GetReference(x);
        nuint i = 0, length = (nuint)x.Length, lanes = (nuint)Vector256<T>.Count;
        for (; i + lanes <= length; i += lanes)
        {
            Gemm.MultiplyAdd(Vector256.Create(scale), Vector256.LoadUnsafe(ref from, i), Vector256.LoadUnsafe(ref to, i))
                .StoreUnsafe(ref to, i);
        }

        for (; i < length; i++)
            y[(int)i] = T.FusedMultiplyAdd(scale, x[(int)i], y[(int)i]);
    }

    private static (Vector256<double> Low, Vector256<double> High) Load<T>(ReadOnlySpan<T> values, int at)
        where T : unmanaged
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(values), at);
        return typeof(T) == typeof(float)
            ? Vector256.Widen(Vector256.LoadUnsafe(ref Unsafe.As<T, float>(ref first)))
            : (Vector256.LoadUnsafe(ref Unsafe.As<T, double>(ref first)), Vector256.LoadUnsafe(ref Unsafe.As<T, double>(ref first), 4));
    }
}
