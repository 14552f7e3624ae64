using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Layers;

/// <summary>A layer that makes one tensor of several.</summary>
public abstract class JoiningLayer<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected sealed override Shape Configure(IReadOnlyList<Shape> inputs) => inputs.Count > 1
        ? Join(inputs)
        : throw Require.Refuse("inputs", $"{Kind} joins several layers; name two");

    /// <inheritdoc/>
    protected sealed override Shape Configure(Shape input) => Configure([input]);

    /// <summary>Checks the shapes of two or more inputs and returns the output's shape.</summary>
    protected abstract Shape Join(IReadOnlyList<Shape> inputs);
}
