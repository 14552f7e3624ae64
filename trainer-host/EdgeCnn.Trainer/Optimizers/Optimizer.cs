using System;
using System.Collections.Generic;
using System.Numerics;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>Turns gradients into changes of the parameters.</summary>
public abstract class Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Names of what it remembers for every parameter value, all 0 at first (momentum: one, the velocity).</summary>
    public abstract IReadOnlyList<string> Slots { get; }

    /// <summary>True when it is defined for the gradient of all samples only, not for that of a mini-batch.</summary>
    public virtual bool NeedsFullBatch => false;

    /// <summary>What it remembers besides the slots, all 0 at first: to be saved and restored as it is.</summary>
    public virtual Span<double> Numbers => [];
}
