using System;
using System.IO;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Trainer.Training;

/// <summary>A float network as read from its file, with the recipe that made it.</summary>
public sealed record SavedNetwork(Recipe Recipe, Network<float> Network);

/// <summary>
/// The file of a trained float network, <c>.ecfloat</c>: what export, comparison and further training start from.
/// </summary>
/// <remarks>
/// Little-endian: "ECFL"; version (uint32, 1); the recipe's JSON; number of parameters (uint32); for each its name, its number of
/// values (uint32) and the values (float32); CRC-32 of all bytes before it. A text is its length in bytes (uint32) and its UTF-8. The
/// order of parameters is that of <see cref="Network{T}.Parameters"/>.
/// </remarks>
public static class NetworkSerializer
{
    private const uint Version = 1;

    private static ReadOnlySpan<byte> Magic => "ECFL"u8;

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Save(string path, Recipe recipe, Network<float> network)
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

        reader.CheckEnd();
        network.WeightsChanged();
        return new SavedNetwork(recipe, network);
    }
}
