using System;
using System.Collections.Generic;
using System.Numerics;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Quantization;

namespace EdgeCnn.Trainer.Layers;

/// <summary>The same values, in their order, under another shape.</summary>
public abstract unsafe class Renaming<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public sealed override bool RunsInPlace => true;

    /// <inheritdoc/>
    public sealed override void Forward(LayerWorkspace<T> work) => Copy(work.Input, work.Output, work.Count);

    /// <inheritdoc/>
    public sealed override void Backward(LayerWorkspace<T> work)
    {
        if (work.InputGradient != null)
            Copy(work.OutputGradient, work.InputGradient, work.Count);
    }

    /// <summary>The runtime's operator, which keeps its input's quantization.</summary>
    private protected static IntegerForm FormOf(bool isVector) => new OperatorForm(EdgeCnn.Reshape.Code, OwnFields.None(), isVector)
    {
        ForInput = input => (OwnFields.None(), input),
    };

    private void Copy(T* from, T* to, int count)
    {
        if (from != to)
            new Span<T>(from, count * Input.Length).CopyTo(new Span<T>(to, count * Input.Length));
    }
}

/// <summary>The same values as a vector: 1×1×length.</summary>
[Kind("flatten")]
public sealed class Flatten<T> : Renaming<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples => [new(new Flatten<T>(), new(3, 5, 2))];

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => FormOf(isVector: true);

    /// <inheritdoc/>
    protected override Shape Configure(Shape input) => Shape.Vector(input.Length);
}

/// <summary>The same values under another shape of as many values.</summary>
/// <param name="shape">Height, width and channels, or depth before them.</param>
[Kind("reshape")]
public sealed class Reshape<T>(Shape shape) : Renaming<T>, IHasExamples<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static IEnumerable<LayerExample<T>> Examples =>
        [new(new Reshape<T>(new(5, 1, 6)), new(3, 5, 2)), new(new Reshape<T>(Shape.Volume(2, 2, 2, 3)), new(6, 4, 1))];

    /// <inheritdoc/>
    public override IntegerForm? IntegerForm => FormOf(isVector: false);

    /// <inheritdoc/>
    protected override Shape Configure(Shape input) =>
        shape.Length == input.Length ? shape : throw Require.Refuse(nameof(shape), $"{shape} has not as many values as the input {input}");
}
