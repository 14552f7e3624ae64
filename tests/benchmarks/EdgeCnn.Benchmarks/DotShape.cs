using System.Collections.Generic;

namespace EdgeCnn.Benchmarks;

/// <summary>What a micro-kernel multiplies in one call.</summary>
/// <param name="Name">Where such a product occurs.</param>
/// <param name="Rows">Rows of activations; one is what a fully connected layer has.</param>
/// <param name="Depth">Elements of a row.</param>
/// <param name="Channels">Output channels, a multiple of 16.</param>
public sealed record DotShape(string Name, int Rows, int Depth, int Channels) : IWork
{
    /// <summary>Short and long rows, one and two blocks of channels, and a single row.</summary>
    public static IEnumerable<DotShape> All { get; } =
    [
        new("3×3×4", 16, 36, 16),
        new("3×3×16", 16, 144, 16),
        new("1×1×64", 16, 64, 32),
        new("3×3×64", 16, 576, 32),
        new("one row", 1, 400, 16),
    ];

    /// <inheritdoc/>
    public long Macs => (long)Rows * Depth * Channels;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Rows} × {Depth} × {Channels}";
}
