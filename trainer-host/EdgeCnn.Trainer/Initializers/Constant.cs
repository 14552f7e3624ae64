using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Initializers;

/// <summary>All values <paramref name="value"/>.</summary>
[Kind("constant")]
public sealed class Constant(double value) : Initializer
{
    /// <inheritdoc/>
    public override double Draw(int fanIn, int fanOut, ref SplitMix64 random) => value;
}
