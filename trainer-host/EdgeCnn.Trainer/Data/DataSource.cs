using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using EdgeCnn.Trainer.Data.KnownSets;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Trainer.Data;

/// <summary>Samples to train with, and samples to test with that training never sees.</summary>
/// <param name="Train">What the weights are learned from.</param>
/// <param name="Test">What accuracy is measured on, once.</param>
public sealed record DataSplit(Dataset Train, Dataset Test)
{
    /// <summary>What training is steered by (stopping, rates), apart from both; null when the recipe keeps none.</summary>
    public Dataset? Validation { get; init; }
}

/// <summary>What a recipe wants of its data source.</summary>
/// <param name="Classes">Names of the classes; labels are indexes into it.</param>
/// <param name="Input">The shape that samples are to have; sources of a fixed shape need not care.</param>
public sealed record DataRequest(IReadOnlyList<string> Classes, Shape Input)
{
    /// <summary>Folder or archive of the files, or null.</summary>
    public string? Folder { get; init; }

    /// <summary>Told about the progress of a download.</summary>
    public IProgress<DownloadProgress>? Progress { get; init; }

    /// <summary>Ends the loading early.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>Where a recipe's samples come from.</summary>
public abstract class DataSource
{
    /// <summary>Loads or makes the samples.</summary>
    /// <exception cref="RecipeException">A folder is needed, or the data don't fit the recipe.</exception>
    /// <exception cref="IOException">A file is missing or can't be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged; the message names it.</exception>
    public abstract DataSplit Load(DataRequest request);

    /// <summary>
    /// The <see cref="LogMelRecord"/> by which sound becomes samples of shape <paramref name="input"/>; null for sources of pictures.
    /// </summary>
    public virtual byte[]? SoundRecord(Shape input) => null;

    /// <summary>The folder, which this source needs.</summary>
    private protected static string Needed(string? folder) =>
        folder is null ? throw new RecipeException("data: this recipe reads files; say where they are with --data FOLDER")
        : Directory.Exists(folder) ? folder
        : throw new DirectoryNotFoundException($"{folder}: there is no such folder");

    /// <summary>The folder or archive, which this source needs.</summary>
    private protected static string NeededPlace(string? path) => File.Exists(path) ? path : Needed(path);
}
