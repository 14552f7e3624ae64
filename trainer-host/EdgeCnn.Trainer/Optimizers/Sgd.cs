using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>
/// Stochastic gradient descent with momentum and weight decay: v ← momentum·v + gradient + weightDecay·w; w ← w − rate·v. Biases
/// don't decay.
/// </summary>
/// <param name="momentum">Share of the previous step that goes on, from 0 to 1.</param>
/// <param name="weightDecay">Strength of the pull to 0, the gradient of ½·weightDecay·w².</param>
[Kind("sgd")]
public sealed class Sgd<T>(double momentum = 0, double weightDecay = 0) : Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _momentum = T.CreateTruncating(Require.Within(momentum, 0, 1, nameof(momentum)));
    private readonly T _weightDecay = T.CreateTruncating(Require.AtLeast(weightDecay, 0, nameof(weightDecay)));

    /// <inheritdoc/>
    public override int SlotCount => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(UpdateRange<T> range)
    {
        var decay = range.Parameter.IsWeight ? _weightDecay : T.Zero;
        ref var values = ref MemoryMarshal.GetReference(range.Values);
        ref var gradient = ref MemoryMarshal.GetReference(range.Gradient);
        ref var velocity = ref MemoryMarshal.GetReference(range.Slot(0));
        nuint i = 0;
        var length = (nuint)range.Values.Length;
        for (; i + (nuint)Vector256<T>.Count <= length; i += (nuint)Vector256<T>.Count)
        {
            var w = Vector256.LoadUnsafe(ref values, i);
            var g = Gemm.MultiplyAdd(Vector256.Create(decay), w, Vector256.LoadUnsafe(ref gradient, i));
            var v = Gemm.MultiplyAdd(Vector256.Create(_momentum), Vector256.LoadUnsafe(ref velocity, i), g);
            v.StoreUnsafe(ref velocity, i);
            Gemm.MultiplyAdd(Vector256.Create(-range.Rate), v, w).StoreUnsafe(ref values, i);
        }

        for (; i < length; i++)
        {
            ref var w = ref Unsafe.Add(ref values, i);
            ref var v = ref Unsafe.Add(ref velocity, i);
            v = T.FusedMultiplyAdd(_momentum, v, T.FusedMultiplyAdd(decay, w, Unsafe.Add(ref gradient, i)));
            w = T.FusedMultiplyAdd(-range.Rate, v, w);
        }
    }
}
