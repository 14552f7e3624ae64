using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Trainer.Data;

/// <summary>
/// Digits that are drawn, not collected: 28×28 gray pictures of pen strokes with random shape, pose, thickness, contrast, specks and
/// noise. The data
/// that is always there; the same seed gives the same bytes on every machine.
/// </summary>
[Kind("drawnDigits")]
public sealed class DrawnDigits : DataSource
{
    private const int Classes = 10;
    private readonly int _train;
    private readonly int _test;
    private readonly ulong _seed;

    /// <summary>A source of drawn digits.</summary>
    /// <param name="train">Pictures to train with.</param>
    /// <param name="test">Pictures to test with.</param>
    /// <param name="seed">What all pictures are drawn from.</param>
    public DrawnDigits(int train = 12000, int test = 2000, ulong seed = 1)
    {
        _train = (int)Require.Within(train, 1, 1_000_000, nameof(train));
        _test = (int)Require.Within(test, 1, 1_000_000, nameof(test));
        _seed = seed;
    }

    /// <inheritdoc/>
    public override DataSplit Load(DataRequest request) => request.Classes is var classes && classes.Count != Classes
        ? throw new RecipeException($"classes: drawn digits have {Classes} classes, the recipe has {classes.Count}; use {Classes}")
        : new DataSplit(Draw(_seed, 0, _train, classes), Draw(_seed, _train, _test, classes));

    /// <summary>
    /// Draws the pictures <paramref name="first"/> … <paramref name="first"/> + <paramref name="count"/> − 1 of a seed; picture i is
    /// of class i mod 10.
    /// </summary>
    public static Dataset Draw(ulong seed, int first, int count, IReadOnlyList<string>? classes = null)
    {
        var shape = new Shape(DigitCanvas.Size, DigitCanvas.Size, 1);
        var pixels = new byte[checked(count * shape.Length)];
        var labels = new byte[count];
        Parallel.For(0, count, i =>
        {
            labels[i] = (byte)((first + i) % Classes);
            DigitPen.Draw(labels[i], new(seed, (ulong)(first + i)), pixels.AsSpan(i * shape.Length, shape.Length));
        });
        return new Dataset(shape, pixels, labels, classes ?? Dataset.NumberedClasses(Classes));
    }
}
