using System;
using System.Linq;

namespace EdgeCnn.Managed;

/// <summary>Which micro-kernel models are lowered for: the fastest that the processor has, or the one that an environment variable names.</summary>
internal static class TileChoice
{
    /// <summary>The environment variable: portable, avx2, avx512, advsimd, sdot or vnni.</summary>
    internal const string Variable = "EDGECNN_TILE";

    /// <summary>Names by <see cref="TileCode"/>, slowest first within each kind of processor.</summary>
    private static readonly string[] s_names = ["portable", "avx2", "avx512", "advsimd", "sdot", "vnni"];

    /// <summary>The tiles that this processor has; <see cref="TileCode.Portable"/> is the first.</summary>
    internal static int[] Available => [.. Enumerable.Range(0, s_names.Length).Where(tile => tile == TileCode.Portable || LoweredTable.Runs(tile))];

    /// <summary>The tile to lower for.</summary>
    /// <exception cref="InvalidOperationException">The variable names no tile, or one that this processor lacks.</exception>
    internal static int Current => Of(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The tile called <paramref name="name"/>, or the fastest when there is no name.</summary>
    internal static int Of(string? name)
    {
        int[] available = Available;
        if (string.IsNullOrEmpty(name)) return available[^1];
        int tile = Array.IndexOf(s_names, name);
        return Array.IndexOf(available, tile) >= 0
            ? tile
            : throw new InvalidOperationException(
                $"{Variable}={name}: {(tile < 0 ? "there is no such tile" : "this processor lacks its instructions")}; "
                + $"set it to one of {string.Join(", ", available.Select(Name))}, or leave it out");
    }

    /// <summary>The tile's name.</summary>
    internal static string Name(int tile) => s_names[tile];
}
