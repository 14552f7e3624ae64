using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// A tensor that training changes. Its values and its gradient are pieces of two blocks that the network holds, at the same offset, so
/// gradients of many samples can be added and applied without knowing the layers.
/// </summary>
public sealed unsafe class Parameter<T>
    where T : unmanaged
{
    private const int MaximumLength = 1 << 28;
    private Block<T>? _values;
    private Block<T>? _gradient;

    internal Parameter(string name, bool isWeight, int fanIn, int fanOut, params int[] dimensions)
    {
        (Name, IsWeight, Decays, FanIn, FanOut, Dimensions) = (name, isWeight, isWeight, fanIn, fanOut, dimensions);
        Length = dimensions.Aggregate(1, (product, dimension) => checked(product * dimension));
        if (Length > MaximumLength)
            throw new OverflowException($"{Length} parameters are too many for one tensor.");
    }

    /// <summary>Layer and role, for example <c>conv2d1.weights</c>.</summary>
    public string Name { get; internal set; }

    /// <summary>True for weights, which are initialized; false for biases, which start at zero.</summary>
    public bool IsWeight { get; }

    /// <summary>Number of inputs that one output sums.</summary>
    public int FanIn { get; }

    /// <summary>Number of outputs that one input reaches.</summary>
    public int FanOut { get; }

    /// <summary>Dimensions, outermost first: OHWI for convolution weights, (outputs, inputs) for fully connected ones.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>Number of values.</summary>
    public int Length { get; }

    /// <summary>False to keep the values as they are while training; always so for running statistics.</summary>
    public bool Trainable { get; set; } = true;

    /// <summary>What all values are before training, weights aside: those are drawn.</summary>
    public int Start { get; init; }

    /// <summary>What the learning rate is multiplied by.</summary>
    public double RateMultiplier { get; set; } = 1;

    /// <summary>Whether weight decay and the network's penalties pull at the values: weights at first, biases not.</summary>
    public bool Decays { get; set; }

    /// <summary>Strength of a penalty Σ|value| of its own, added to the mean loss.</summary>
    public double L1 { get; set; }

    /// <summary>The values. After writing them call <see cref="Training.Network{T}.WeightsChanged"/>.</summary>
    public Span<T> Values => Attached(_values).Span.Slice(Offset, Length);

    /// <summary>∂(mean loss)/∂value of the last training step.</summary>
    public Span<T> Gradient => Attached(_gradient).Span.Slice(Offset, Length);

    /// <summary>Position of the first value in the network's blocks.</summary>
    internal int Offset { get; private set; }

    internal T* Pointer => Attached(_values).Pointer + Offset;

    internal void Attach(Block<T> values, Block<T> gradient, int offset) => (_values, _gradient, Offset) = (values, gradient, offset);

    private Block<T> Attached(Block<T>? block) =>
        block ?? throw new InvalidOperationException($"{Name} has no values yet: put its layer into a Network first.");
}
