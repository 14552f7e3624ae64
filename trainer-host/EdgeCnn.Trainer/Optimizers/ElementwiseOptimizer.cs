using System.Numerics;

namespace EdgeCnn.Trainer.Optimizers;

/// <summary>
/// An optimizer that changes every value by its own gradient and memory alone. Threads call <see cref="Update"/> for different ranges at
/// once; the result does not depend on how the values are divided among them.
/// </summary>
public abstract class ElementwiseOptimizer<T> : Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Applies one step to a range of one parameter.</summary>
    public abstract void Update(UpdateRange<T> range);
}
