using System.Collections.Generic;
using System.IO;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Trainer.Data;

/// <summary>Images to train with, and images to test with that training never sees.</summary>
public sealed record DataSplit(Dataset Train, Dataset Test);

/// <summary>Where a recipe's images come from.</summary>
public abstract class DataSource
{
    /// <summary>Loads or makes the images.</summary>
    /// <param name="folder">Folder of the files, or null.</param>
    /// <param name="classes">Names of the classes; labels are indexes into it.</param>
    /// <exception cref="RecipeException">A folder is needed.</exception>
    /// <exception cref="IOException">A file is missing or can't be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged; the message names it and the byte.</exception>
    public abstract DataSplit Load(string? folder, IReadOnlyList<string> classes);

    /// <summary>The folder, which this source needs.</summary>
    private protected static string Needed(string? folder) =>
        folder is null ? throw new RecipeException("data: this recipe reads files; say where they are with --data FOLDER")
        : Directory.Exists(folder) ? folder
        : throw new DirectoryNotFoundException($"{folder}: there is no such folder");
}
