using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using EdgeCnn.Trainer.Quantization;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Trainer.Training;

/// <summary>A float network as read from its file.</summary>
/// <param name="Recipe">The recipe that made it.</param>
/// <param name="Network">The network.</param>
/// <param name="Ranges">The ranges of activations that quantization-aware training learned, one per stage; null: there was none.</param>
public sealed record SavedNetwork(Recipe Recipe, Network<float> Network, IReadOnlyList<(double Min, double Max)>? Ranges);

/// <summary>
/// The file of a trained float network, <c>.ecfloat</c>: what export, comparison and further training start from.
/// </summary>
/// <remarks>
/// Little-endian: "ECFL"; version (uint32, 2); the recipe's JSON; number of parameters (uint32); for each its name, its number of
/// values (uint32) and the values (float32); 1 if there are learned ranges, else 0 (uint32), and if there are, two values for each
/// <see cref="Stage"/>: their number (uint32) and the values (float64); CRC-32 of all bytes before it. A text is its length in bytes
/// (uint32) and its UTF-8. The order of parameters is that of <see cref="Network{T}.Parameters"/>.
/// </remarks>
public static class NetworkSerializer
{
    private const uint Version = 2;

    private static ReadOnlySpan<byte> Magic => "ECFL"u8;

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recipe">The recipe that made the network.</param>
    /// <param name="network">The network.</param>
    /// <param name="ranges">What quantization-aware training learned, or null.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Save(
        string path, Recipe recipe, Network<float> network, IReadOnlyList<(double Min, double Max)>? ranges = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(network);
        using var writer = new CheckedWriter(Magic, Version);
        writer.Write(recipe.Text);
        writer.Write(network.Parameters.Count);
        foreach (var parameter in network.Parameters)
        {
            writer.Write(parameter.Name);
            writer.Write(parameter.Values);
        }

        writer.Write(ranges is null ? 0 : 1);
        if (ranges is not null)
            writer.Write([.. ranges.SelectMany(range => new[] { range.Min, range.Max })]);

        writer.Save(path);
    }

    /// <summary>Reads a file and checks all of it.</summary>
    /// <exception cref="InvalidDataException">It is damaged or no such file; the message names the byte.</exception>
    /// <exception cref="RecipeException">Its recipe is refused.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static SavedNetwork Load(string path)
    {
        var reader = new CheckedReader(path, Magic, Version, "a float network (.ecfloat)");
        var recipe = Recipe.Parse(reader.ReadText(), $"{Path.GetFileName(path)}: recipe");
        var network = recipe.CreateNetwork<float>();
        reader.Expect(network.Parameters.Count, "parameters");
        foreach (var parameter in network.Parameters)
        {
            reader.Expect(parameter.Name, "parameter");
            reader.ReadValues(parameter.Values, parameter.Name);
        }

        var ranges = reader.ReadInt32() == 0 ? null : new (double Min, double Max)[Stage.Of(network).Count];
        if (ranges is not null)
            reader.ReadValues(MemoryMarshal.Cast<(double Min, double Max), double>(ranges.AsSpan()), "learned ranges");
        reader.CheckEnd();
        network.WeightsChanged();
        return new SavedNetwork(recipe, network, ranges);
    }
}
