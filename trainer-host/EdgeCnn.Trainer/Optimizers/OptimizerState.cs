using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>
/// All that an optimizer remembers of a network: with the values of the parameters, saving and restoring it continues a training with
/// the same bits.
/// </summary>
public sealed class OptimizerState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Optimizer<T> _optimizer;
    private readonly int _stride;
    private readonly Block<T> _memory;

    internal OptimizerState(Optimizer<T> optimizer, Network<T> network)
    {
        (_optimizer, _stride) = (optimizer, network.Values.Length);
        _memory = new Block<T>((long)optimizer.Slots.Count * _stride);
        Pieces = [.. network.Parameters.Where(parameter => parameter.Trainable).Select(parameter => (parameter.Offset, parameter.Length))];
    }

    /// <summary>Number of steps done.</summary>
    public long Steps { get; set; }

    /// <summary>Names of the slots.</summary>
    public IReadOnlyList<string> Slots => _optimizer.Slots;

    /// <summary>What the optimizer remembers besides the slots.</summary>
    public Span<double> Numbers => _optimizer.Numbers;

    internal (int Start, int Length)[] Pieces { get; }

    internal int Stride => _stride;

    internal Span<T> Memory => _memory.Span;

    /// <summary>What slot number <paramref name="slot"/> holds for the values of <paramref name="parameter"/>.</summary>
    public Span<T> Slot(int slot, Parameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return _memory.Span.Slice(slot * _stride + parameter.Offset, parameter.Length);
    }
}
