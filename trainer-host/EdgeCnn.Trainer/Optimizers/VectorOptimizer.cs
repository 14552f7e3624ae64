using System;
using System.Numerics;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>An optimizer that needs all gradients before it can change any value; it runs on one thread.</summary>
public abstract class VectorOptimizer<T> : Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Applies one step to all parameters.</summary>
    public abstract void Update(VectorStep<T> all);
}

/// <summary>All values that train, as pieces of the network's block, in one step.</summary>
/// <param name="values">The network's values.</param>
/// <param name="gradient">∂(mean loss)/∂value, laid out alike.</param>
/// <param name="slots">What the optimizer remembers: one copy of the layout behind the other.</param>
/// <param name="pieces">First value and length of each parameter that trains.</param>
/// <param name="loss">The mean loss of the step, penalties included, at the present values.</param>
/// <param name="rate">The learning rate.</param>
public readonly ref struct VectorStep<T>(
    Span<T> values, ReadOnlySpan<T> gradient, Span<T> slots, ReadOnlySpan<(int Start, int Length)> pieces, double loss, double rate)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Span<T> _slots = slots;

    /// <summary>The values to change.</summary>
    public Span<T> Values { get; } = values;

    /// <summary>∂(mean loss)/∂value.</summary>
    public ReadOnlySpan<T> Gradient { get; } = gradient;

    /// <summary>Where in these blocks the parameters are that train.</summary>
    public ReadOnlySpan<(int Start, int Length)> Pieces { get; } = pieces;

    /// <summary>The mean loss, penalties included.</summary>
    public double Loss { get; } = loss;

    /// <summary>The learning rate of this step.</summary>
    public double Rate { get; } = rate;

    /// <summary>One of the optimizer's slots.</summary>
    public Span<T> Slot(int index) => _slots.Slice(index * Values.Length, Values.Length);
}
