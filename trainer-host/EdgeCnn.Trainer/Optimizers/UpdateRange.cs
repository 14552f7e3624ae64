using System;
using System.Numerics;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>A range of one parameter in one step.</summary>
/// <param name="values">The values to change.</param>
/// <param name="gradient">∂(mean loss)/∂value, as many.</param>
/// <param name="slots">What the optimizer remembers for them; slot k begins at k · <paramref name="slotStride"/>.</param>
/// <param name="slotStride">Distance between slots.</param>
/// <param name="rate">The learning rate.</param>
/// <param name="step">Number of the step, from 1.</param>
/// <param name="decays">Whether weight decay pulls at them.</param>
public readonly ref struct UpdateRange<T>(
    Span<T> values, ReadOnlySpan<T> gradient, Span<T> slots, int slotStride, T rate, long step, bool decays)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Span<T> _slots = slots;

    /// <summary>The values to change.</summary>
    public Span<T> Values { get; } = values;

    /// <summary>∂(mean loss)/∂value.</summary>
    public ReadOnlySpan<T> Gradient { get; } = gradient;

    /// <summary>The learning rate of this step and parameter.</summary>
    public T Rate { get; } = rate;

    /// <summary>Number of this step, from 1.</summary>
    public long Step { get; } = step;

    /// <summary>Whether weight decay pulls at these values: true for weights, false for biases, unless a recipe says otherwise.</summary>
    public bool Decays { get; } = decays;

    /// <summary>What the optimizer remembers for these values.</summary>
    /// <param name="index">Position of the slot's name in <see cref="Optimizer{T}.Slots"/>.</param>
    public Span<T> Slot(int index) => _slots.Slice(index * slotStride, Values.Length);
}
