using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EdgeCnn.Trainer.Data;

/// <summary>Labelled images of one shape, 8 bits per value.</summary>
public sealed class Dataset
{
    private readonly byte[] _pixels;
    private readonly byte[] _labels;

    /// <summary>Takes the arrays over.</summary>
    /// <param name="shape">Shape of one image.</param>
    /// <param name="pixels">All images: (count, height, width, channels).</param>
    /// <param name="labels">Index of every image's class.</param>
    /// <param name="classes">Names of the classes.</param>
    /// <exception cref="InvalidDataException">Lengths disagree, or a label has no class.</exception>
    public Dataset(Shape shape, byte[] pixels, byte[] labels, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(labels);
        if (pixels.LongLength != (long)labels.Length * shape.Length)
            throw new InvalidDataException($"data: {labels.Length} labels and {pixels.LongLength} pixels don't make images of {shape}");
        var unknown = Array.FindIndex(labels, label => label >= classes.Count);
        if (unknown >= 0)
            throw new InvalidDataException($"data: image {unknown} has label {labels[unknown]}, but there are {classes.Count} classes");
        (Shape, _pixels, _labels, Classes) = (shape, pixels, labels, classes);
    }

    /// <summary>Shape of one image.</summary>
    public Shape Shape { get; }

    /// <summary>Names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Number of images.</summary>
    public int Count => _labels.Length;

    /// <summary>All pixels: (count, height, width, channels).</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Class of every image.</summary>
    public ReadOnlySpan<byte> Labels => _labels;

    /// <summary>The pixels of one image.</summary>
    public ReadOnlySpan<byte> Image(int index) => _pixels.AsSpan(checked(index * Shape.Length), Shape.Length);

    /// <summary>The images of the given indexes as a set of their own.</summary>
    public Dataset Select(ReadOnlySpan<int> indexes)
    {
        var pixels = new byte[checked(indexes.Length * Shape.Length)];
        var labels = new byte[indexes.Length];
        for (var i = 0; i < indexes.Length; i++)
        {
            Image(indexes[i]).CopyTo(pixels.AsSpan(i * Shape.Length));
            labels[i] = _labels[indexes[i]];
        }

        return new Dataset(Shape, pixels, labels, Classes);
    }

    /// <summary>
    /// The images <paramref name="first"/> … <paramref name="first"/> + <paramref name="count"/> − 1 as a set of their own.
    /// </summary>
    public Dataset Slice(int first, int count) => Select([.. Enumerable.Range(first, count)]);

    /// <summary>Class names 0 … <paramref name="count"/> − 1.</summary>
    public static IReadOnlyList<string> NumberedClasses(int count) =>
        [.. Enumerable.Range(0, count).Select(index => FormattableString.Invariant($"{index}"))];
}
