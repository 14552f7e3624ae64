using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Recipes;

namespace EdgeCnn.Trainer.Training;

/// <summary>All that decides what a training makes: equal origins give equal bits.</summary>
/// <param name="Recipe">SHA-256 of the recipe's text.</param>
/// <param name="Data">SHA-256 of the training and validation samples.</param>
/// <param name="Epochs">Epochs planned, on which schedules depend.</param>
/// <param name="Seed">What weights, order and augmentation are drawn from.</param>
public sealed record TrainingOrigin(string Recipe, string Data, int Epochs, ulong Seed)
{
    /// <summary>The origin of a training.</summary>
    public static TrainingOrigin Of(Recipe recipe, DataSplit data, int epochs, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(data);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, data.Train);
        if (data.Validation is { } validation)
            Append(hash, validation);
        var text = SHA256.HashData(Encoding.UTF8.GetBytes(recipe.Text));
        return new TrainingOrigin(Convert.ToHexStringLower(text), Convert.ToHexStringLower(hash.GetHashAndReset()), epochs, seed);
    }

    private static void Append(IncrementalHash hash, Dataset data)
    {
        ReadOnlySpan<int> sizes = [data.Count, data.Shape.Height, data.Shape.Width, data.Shape.Channels, data.Shape.Length];
        hash.AppendData(MemoryMarshal.AsBytes(sizes));
        hash.AppendData(data.Labels);
        hash.AppendData(data.Pixels);
    }
}
