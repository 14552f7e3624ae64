using System;
using System.Collections.Generic;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Layers;
using EdgeCnn.Trainer.Numerics;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Benchmarks;

/// <summary>A model of one operator.</summary>
public sealed class OperatorModel : IWork
{
    /// <summary>Of a kind that is described by random samples, the largest of this many is measured.</summary>
    private const int Draws = 20;

    private readonly string _text;

    private OperatorModel(IntegerModel model)
    {
        File = ModelWriter.Write(model);
        using EdgeModel opened = EdgeModel.Open(File, TileCode.Portable);
        OperatorInfo op = opened.Operators[0];
        Macs = op.Macs;
        _text = $"{op.Name} {string.Join('×', op.Input.Shape)} → {string.Join('×', op.Output.Shape)}";
    }

    /// <summary>Layers as small networks have them, then every other operator.</summary>
    public static IEnumerable<OperatorModel> All => Layers()
        .Select(layer => OperatorCase.Quantize(layer, new SplitMix64(1, 0)))
        .Concat(Largest())
        .Select(model => new OperatorModel(model));

    /// <summary>The model file.</summary>
    public byte[] File { get; }

    /// <inheritdoc/>
    public long Macs { get; }

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static IEnumerable<Network<float>> Layers() =>
    [
        new(new Shape(32, 32, 3), [new Conv2D<float>(16, new(3, 3), padding: Padding.SameSize)]),
        new(new Shape(32, 32, 16), [new Conv2D<float>(16, new(3, 3), padding: Padding.SameSize)]),
        new(new Shape(8, 8, 64), [new Conv2D<float>(64, new(3, 3), padding: Padding.SameSize)]),
        new(new Shape(25, 5, 64), [new Conv2D<float>(64, new(1, 1))]),
        new(new Shape(28, 28, 1), [new Conv2D<float>(6, new(5, 5), padding: Padding.Of(2))]),
        new(new Shape(25, 5, 64), [new DepthwiseConv2D<float>(new(3, 3), padding: Padding.SameSize)]),
        new(Shape.Vector(400), [new FullyConnected<float>(120)]),
        new(new Shape(28, 28, 6), [new MaxPool<float>(new(2, 2))]),
        new(new Shape(8, 8, 64), [new AveragePool<float>(new(8, 8))]),
    ];

    private static IEnumerable<IntegerModel> Largest() => Enumerable.Range(0, Draws)
        .SelectMany(seed => OperatorSample.All((ulong)seed))
        .Select(sample => sample.Model)
        .GroupBy(model => model.Operators[0].Code)
        .Select(kind => kind.MaxBy(model => model.Tensors.Sum(tensor => tensor.Elements))
            ?? throw new InvalidOperationException("no group is empty"));
}
