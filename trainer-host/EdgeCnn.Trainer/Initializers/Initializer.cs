using System;
using System.Numerics;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Initializers;

/// <summary>Gives weights their first values.</summary>
public abstract class Initializer
{
    /// <summary>Draws one value.</summary>
    /// <param name="fanIn">Inputs that one output sums.</param>
    /// <param name="fanOut">Outputs that one input reaches.</param>
    /// <param name="random">The stream of this tensor.</param>
    public abstract double Draw(int fanIn, int fanOut, ref SplitMix64 random);

    /// <summary>Draws all values of a tensor, in storage order.</summary>
    public void Fill<T>(Span<T> values, int fanIn, int fanOut, SplitMix64 random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref var value in values)
            value = T.CreateTruncating(Draw(fanIn, fanOut, ref random));
    }
}
