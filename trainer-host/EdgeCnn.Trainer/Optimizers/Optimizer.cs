using System;
using System.Numerics;
using EdgeCnn.Trainer.Layers;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>
/// Turns gradients into changes of the parameters. Threads call <see cref="Update"/> for different ranges at once, so an optimizer
/// works value by
/// value and keeps what it remembers in slots beside the values.
/// </summary>
public abstract class Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Values that it remembers for every parameter value, all 0 at first (momentum: one).</summary>
    public abstract int SlotCount { get; }

    /// <summary>Applies one step to a range of one parameter.</summary>
    public abstract void Update(UpdateRange<T> range);
}

/// <summary>A range of one parameter in one step.</summary>
public readonly ref struct UpdateRange<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Span<T> _slots;
    private readonly int _slotStride;

    internal UpdateRange(Parameter<T> parameter, Span<T> values, ReadOnlySpan<T> gradient, Span<T> slots, int slotStride, T rate, long step)
    {
        (Parameter, Rate, Step, _slotStride) = (parameter, rate, step, slotStride);
        Values = values;
        Gradient = gradient;
        _slots = slots;
    }

    /// <summary>The parameter that the range belongs to.</summary>
    public Parameter<T> Parameter { get; }

    /// <summary>The learning rate of this step.</summary>
    public T Rate { get; }

    /// <summary>Number of this step, from 1.</summary>
    public long Step { get; }

    /// <summary>The values to change.</summary>
    public Span<T> Values { get; }

    /// <summary>∂(mean loss)/∂value.</summary>
    public ReadOnlySpan<T> Gradient { get; }

    /// <summary>What the optimizer remembers for these values.</summary>
    /// <param name="index">0 … <see cref="Optimizer{T}.SlotCount"/> − 1.</param>
    public Span<T> Slot(int index) => _slots.Slice(index * _slotStride, Values.Length);
}
