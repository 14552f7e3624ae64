using System.Numerics;
using EdgeCnn.Trainer.Optimizers;

namespace EdgeCnn.Tests.Optimizers;

/// <summary>Values that an optimizer changes by given gradients.</summary>
internal sealed class OptimizerRun<T>(ElementwiseOptimizer<T> optimizer, T[] start)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _slots = new T[optimizer.Slots.Count * start.Length];
    private long _step;

    public T[] Values { get; } = (T[])start.Clone();

    public void Step(T[] gradient, T rate, bool decays = true) =>
        optimizer.Update(new UpdateRange<T>(Values, gradient, _slots, Values.Length, rate, ++_step, decays));
}
