using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using EdgeCnn.Trainer.Data.Files;
using EdgeCnn.Trainer.Data.Pictures;
using EdgeCnn.Trainer.Data.Sound;

namespace EdgeCnn.Trainer.Data;

/// <summary>One picture or sound from a file, brought to what a model takes as <see cref="ImageFolder"/> and <see cref="SoundFolder"/>
/// do.</summary>
public static class SampleFile
{
    private static readonly HashSet<string> PictureExtensions =
        new([".jpg", ".jpeg", ".png", ".bmp", ".pgm", ".ppm"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file's name is one of a picture.</summary>
    public static bool IsPicture(string path) => PictureExtensions.Contains(Path.GetExtension(path));

    /// <summary>Whether a file's name is one of a sound.</summary>
    public static bool IsSound(string path) => Path.GetExtension(path).Equals(".wav", StringComparison.OrdinalIgnoreCase);

    /// <summary>The pixels of a picture, cropped and resized to <paramref name="shape"/>.</summary>
    /// <exception cref="InvalidDataException">It is not a picture, or a damaged one.</exception>
    /// <exception cref="IOException">It can't be read, or its decoder is missing.</exception>
    public static byte[] Picture(string path, Shape shape)
    {
        using var file = new SingleFile(path);
        var loader = new PictureLoader(file, shape, crop: true);
        return loader.Load([new LabelledFile(file.Name, 0)], Dataset.NumberedClasses(1), CancellationToken.None).Pixels.ToArray();
    }

    /// <summary>The samples of a sound: the middle of a longer one, silence around a shorter one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rate">Samples per second that it must have.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="InvalidDataException">It is not a sound of that rate, or a damaged one.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static short[] Sound(string path, int rate, int count)
    {
        using var file = new SingleFile(path);
        var samples = new short[count];
        LogMelPictures.Place(WavFile.Read(file.Read(file.Name), rate, path), samples);
        return samples;
    }
}
