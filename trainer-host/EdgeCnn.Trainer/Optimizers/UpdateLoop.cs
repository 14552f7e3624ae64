using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>What an optimizer does to values; every lane is one.</summary>
internal interface IUpdateRule<T>
    where T : unmanaged
{
    /// <summary>Slots that the rule uses, 1 or 2.</summary>
    static abstract int Slots { get; }

    /// <summary>Changes the values <paramref name="w"/> by their gradients <paramref name="g"/> and what is remembered of them.</summary>
    /// <param name="w">The values.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="first">Slot 0.</param>
    /// <param name="second">Slot 1, when the rule uses it.</param>
    void Apply(ref Vector256<T> w, Vector256<T> g, ref Vector256<T> first, ref Vector256<T> second);
}

/// <summary>The loop over the values that all elementwise optimizers share.</summary>
internal static class UpdateLoop
{
    /// <summary>Applies <paramref name="rule"/> to every value of the range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T, TRule>(UpdateRange<T> range, TRule rule)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule<T>
    {
        ref var values = ref MemoryMarshal.GetReference(range.Values);
        ref var gradient = ref MemoryMarshal.GetReference(range.Gradient);
        ref var first = ref MemoryMarshal.GetReference(range.Slot(0));
        ref var second = ref MemoryMarshal.GetReference(range.Slot(TRule.Slots - 1));
        nuint i = 0, lanes = (nuint)Vector256<T>.Count, length = (nuint)range.Values.Length;
        Vector256<T> b = default;
        for (; i + lanes <= length; i += lanes)
        {
            var w = Vector256.LoadUnsafe(ref values, i);
            var a = Vector256.LoadUnsafe(ref first, i);
            if (TRule.Slots > 1)
                b = Vector256.LoadUnsafe(ref second, i);
            rule.Apply(ref w, Vector256.LoadUnsafe(ref gradient, i), ref a, ref b);
            w.StoreUnsafe(ref values, i);
            a.StoreUnsafe(ref first, i);
            if (TRule.Slots > 1)
                b.StoreUnsafe(ref second, i);
        }

        if (i < length)
            RunRest(range, rule, (int)i);
    }

    /// <summary>The values from <paramref name="start"/> on, fewer than a vector has lanes.</summary>
    private static void RunRest<T, TRule>(UpdateRange<T> range, TRule rule, int start)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule<T>
    {
        Vector256<T> w = Rest<T>(range.Values, start), a = Rest<T>(range.Slot(0), start), b = default;
        if (TRule.Slots > 1)
            b = Rest<T>(range.Slot(1), start);
        rule.Apply(ref w, Rest(range.Gradient, start), ref a, ref b);
        for (var i = start; i < range.Values.Length; i++)
        {
            range.Values[i] = w[i - start];
            range.Slot(0)[i] = a[i - start];
            if (TRule.Slots > 1)
                range.Slot(1)[i] = b[i - start];
        }
    }

    private static Vector256<T> Rest<T>(ReadOnlySpan<T> values, int start)
        where T : unmanaged
    {
        var lanes = Vector256<T>.Zero;
        for (var i = start; i < values.Length; i++)
            lanes = lanes.WithElement(i - start, values[i]);
        return lanes;
    }
}
