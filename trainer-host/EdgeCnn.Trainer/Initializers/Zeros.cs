using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Initializers;

/// <summary>All values 0.</summary>
[Kind("zeros")]
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    public override double Draw(int fanIn, int fanOut, ref SplitMix64 random) => 0;
}
