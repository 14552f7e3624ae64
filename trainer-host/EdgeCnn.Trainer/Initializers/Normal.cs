using System;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Initializers;

/// <summary>N(<paramref name="mean"/>, <paramref name="deviation"/>²).</summary>
[Kind("normal")]
public sealed class Normal(double mean = 0, double deviation = 0.05) : Initializer
{
    private readonly double _deviation = Require.AtLeast(deviation, 0.0, nameof(deviation));

    /// <inheritdoc/>
    public override double Draw(int fanIn, int fanOut, ref SplitMix64 random) => mean + _deviation * random.NextNormal();
}

/// <summary>N(<paramref name="mean"/>, <paramref name="deviation"/>²) without what lies more than two deviations from the mean.</summary>
[Kind("truncatedNormal")]
public sealed class TruncatedNormal(double mean = 0, double deviation = 0.05) : Initializer
{
    private const double Bound = 2;
    private readonly double _deviation = Require.AtLeast(deviation, 0.0, nameof(deviation));

    /// <inheritdoc/>
    public override double Draw(int fanIn, int fanOut, ref SplitMix64 random)
    {
        while (true)
        {
            var drawn = random.NextNormal();
            if (Math.Abs(drawn) <= Bound)
                return mean + _deviation * drawn;
        }
    }
}

/// <summary>N(0, 2/(fanIn + fanOut)): Glorot and Bengio, 2010.</summary>
[Kind("xavierNormal")]
public sealed class XavierNormal : Initializer
{
    /// <inheritdoc/>
    public override double Draw(int fanIn, int fanOut, ref SplitMix64 random) => Math.Sqrt(2.0 / (fanIn + fanOut)) * random.NextNormal();
}

/// <summary>N(0, 2/fanIn): He et al., 2015.</summary>
[Kind("heNormal")]
public sealed class HeNormal : Initializer
{
    /// <inheritdoc/>
    public override double Draw(int fanIn, int fanOut, ref SplitMix64 random) => Math.Sqrt(2.0 / fanIn) * random.NextNormal();
}
