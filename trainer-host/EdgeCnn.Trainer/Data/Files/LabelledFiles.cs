using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EdgeCnn.Trainer.Kinds;

namespace EdgeCnn.Trainer.Data.Files;

/// <summary>A file and its class.</summary>
internal sealed record LabelledFile(string Name, byte Label);

/// <summary>
/// Which files of a place are samples, of which class, and which of them are for testing: settings that all kinds of folders share.
/// </summary>
internal sealed class LabelledFiles
{
    private readonly FilePattern _files;
    private readonly FilePattern? _test;
    private readonly double _testShare;
    private readonly ulong _seed;
    private readonly string? _archive;

    /// <summary>Takes the settings of a recipe.</summary>
    /// <param name="files">Pattern of all samples, with the class in it.</param>
    /// <param name="test">Pattern of those to test with; null: they are drawn.</param>
    /// <param name="testShare">Share to draw for testing.</param>
    /// <param name="seed">What the split and the order are drawn from.</param>
    /// <param name="archive">Name of the archive in the folder, or null.</param>
    public LabelledFiles(string files, string? test, double testShare, ulong seed, string? archive)
    {
        _files = new FilePattern(files, nameof(files), needsClass: true);
        _test = test is null ? null : new FilePattern(test, nameof(test), needsClass: false);
        _testShare = Split.Share(testShare, nameof(testShare));
        _seed = seed;
        _archive = archive is null || (ZipFiles.IsArchive(archive) && Path.GetFileName(archive) == archive)
            ? archive
            : throw Require.Refuse(nameof(archive), $"'{archive}' is not allowed; use the name of a .zip file in the data folder");
    }

    /// <summary>Opens the place that the user named.</summary>
    public FileSet Open(string path) => FileSet.Open(path, _archive);

    /// <summary>Finds the samples and divides them.</summary>
    /// <exception cref="InvalidDataException">A class has no file, a file no class, or a part no samples.</exception>
    public (LabelledFile[] Train, LabelledFile[] Test) Find(FileSet place, IReadOnlyList<string> classes)
    {
        var samples = Label(place, classes);
        var (train, test) = _test is null
            ? Split.ByClass([.. samples.Select(sample => sample.Label)], _testShare, _seed)
            : (Where(samples, sample => !_test.IsMatch(sample.Name)), Where(samples, sample => _test.IsMatch(sample.Name)));
        if (train.Length == 0 || test.Length == 0)
            throw new InvalidDataException(
                $"{place.Place}: of {samples.Length} samples {train.Length} are for training and {test.Length} for testing; both need some"
                + (_test is null ? "" : $", see \"test\": \"{_test.Text}\""));
        return ([.. train.Select(i => samples[i])], [.. test.Select(i => samples[i])]);
    }

    private int[] Where(LabelledFile[] samples, Predicate<LabelledFile> wanted) =>
        Split.Shuffled(Enumerable.Range(0, samples.Length).Where(i => wanted(samples[i])), _seed);

    private LabelledFile[] Label(FileSet place, IReadOnlyList<string> classes)
    {
        var labels = classes.Index().ToDictionary(named => named.Item, named => (byte)named.Index, StringComparer.Ordinal);
        var samples = new List<LabelledFile>();
        foreach (var name in place.Names)
        {
            if (_files.ClassOf(name) is not { } found)
                continue;
            if (!labels.TryGetValue(found, out var label))
                throw new InvalidDataException(
                    $"{place.PathOf(name)}: its class '{found}' is none of the recipe's {classes.Count} ({Some(classes)}); add it to "
                    + "\"classes\", or take the file away");
            samples.Add(new LabelledFile(name, label));
        }

        var present = samples.Select(sample => sample.Label).ToHashSet();
        if (Enumerable.Range(0, classes.Count).FirstOrDefault(label => !present.Contains((byte)label), -1) is var missing and >= 0)
            throw new InvalidDataException(
                $"{place.Place}: class '{classes[missing]}' has no files; looked for \"{_files.Text}\" among {place.Names.Count} files"
                + (place.Names.Count > 0 ? $" like '{place.Names[0]}'" : ""));
        return [.. samples];
    }

    private static string Some(IReadOnlyList<string> classes) =>
        string.Join(", ", classes.Take(10)) + (classes.Count > 10 ? ", …" : "");
}
