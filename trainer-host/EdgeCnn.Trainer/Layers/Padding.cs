using System;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Layers;

/// <summary>How a window's input is enlarged by zeros (pooling: by nothing) at its edges.</summary>
public readonly record struct Padding
{
    private Padding(bool same, int top, int left, int bottom, int right) =>
        (Same, Top, Left, Bottom, Right) = (same, top, left, bottom, right);

    /// <summary>No padding.</summary>
    public static Padding Valid => default;

    /// <summary>
    /// TensorFlow's rule: ⌈input/stride⌉ outputs; of the padding that takes, the smaller half comes before and the larger one behind.
    /// </summary>
    public static Padding SameSize => new(true, 0, 0, 0, 0);

    /// <summary>True for <see cref="SameSize"/>.</summary>
    public bool Same { get; }

    /// <summary>Rows above.</summary>
    public int Top { get; }

    /// <summary>Columns to the left.</summary>
    public int Left { get; }

    /// <summary>Rows below.</summary>
    public int Bottom { get; }

    /// <summary>Columns to the right.</summary>
    public int Right { get; }

    /// <summary>The same number of rows and columns on all sides.</summary>
    public static Padding Of(int all) => Of(all, all, all, all);

    /// <summary>Explicit padding of each side.</summary>
    public static Padding Of(int top, int left, int bottom, int right)
    {
        foreach (var side in (ReadOnlySpan<int>)[top, left, bottom, right])
            Require.AtLeast(side, 0, "padding");
        return new(false, top, left, bottom, right);
    }
}
