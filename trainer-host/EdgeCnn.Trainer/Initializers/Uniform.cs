using System;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Initializers;

/// <summary>U(<paramref name="low"/>, <paramref name="high"/>).</summary>
[Kind("uniform")]
public sealed class Uniform(double low = -0.05, double high = 0.05) : Initializer
{
    private readonly double _high = Require.AtLeast(high, low, nameof(high));

    /// <inheritdoc/>
    public override double Draw(int fanIn, int fanOut, ref SplitMix64 random) => random.Between(low, _high);
}

/// <summary>U(−b, b) with b = √(6/(fanIn + fanOut)): Glorot and Bengio, 2010.</summary>
[Kind("xavierUniform")]
public sealed class XavierUniform : Initializer
{
    /// <inheritdoc/>
    public override double Draw(int fanIn, int fanOut, ref SplitMix64 random)
    {
        var bound = Math.Sqrt(6.0 / (fanIn + fanOut));
        return random.Between(-bound, bound);
    }
}

/// <summary>U(−b, b) with b = √(6/fanIn): He et al., 2015.</summary>
[Kind("heUniform")]
public sealed class HeUniform : Initializer
{
    /// <inheritdoc/>
    public override double Draw(int fanIn, int fanOut, ref SplitMix64 random)
    {
        var bound = Math.Sqrt(6.0 / fanIn);
        return random.Between(-bound, bound);
    }
}
