using System;
using System.IO;
using System.Linq;
using EdgeCnn.Trainer.Data.Files;
using EdgeCnn.Trainer.Data.Pictures;

namespace EdgeCnn.Trainer.Data;

/// <summary>Looks at a folder without a recipe: what a recipe for it would say.</summary>
public static class FoundData
{
    private const string ClassFolders = "**/{class}/*", TestFolders = "**/test/**";

    /// <summary>
    /// Loads the four IDX files of a folder, or the pictures of its class folders at the size of the first one, in RGB; those in a folder
    /// <c>test</c> are for testing, else some are drawn.
    /// </summary>
    /// <param name="place">A folder or a <c>.zip</c> archive.</param>
    /// <exception cref="InvalidDataException">Neither is there, or a file is damaged.</exception>
    /// <exception cref="IOException">The place can't be read.</exception>
    public static DataSplit Load(string place)
    {
        ArgumentException.ThrowIfNullOrEmpty(place);
        if (Directory.Exists(place) && Directory.EnumerateFiles(place, "*-idx?-ubyte*").Any())
            return WithoutEmptyClasses(new IdxFolder().Load(new DataRequest(Dataset.NumberedClasses(256), default) { Folder = place }));
        var (request, hasTest) = LookAt(place);
        return new ImageFolder(ClassFolders, hasTest ? TestFolders : null).Load(request);
    }

    /// <summary>The same for a model whose classes and input are known: IDX files, or pictures in folders of its classes' names, cropped and
    /// resized to its input.</summary>
    /// <exception cref="InvalidDataException">Neither is there, or they are not the model's.</exception>
    /// <exception cref="IOException">The place can't be read.</exception>
    public static DataSplit Load(DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        string place = request.Folder ?? throw new ArgumentException("no folder is given", nameof(request));
        if (Directory.Exists(place) && Directory.EnumerateFiles(place, "*-idx?-ubyte*").Any()) return new IdxFolder().Load(request);
        (_, bool hasTest) = LookAt(place);
        return new ImageFolder(ClassFolders, hasTest ? TestFolders : null).Load(request);
    }

    private static DataSplit WithoutEmptyClasses(DataSplit data)
    {
        var classes = Dataset.NumberedClasses(1 + data.Train.Labels.ToArray().Concat(data.Test.Labels.ToArray()).Max());
        Dataset Named(Dataset part) => new(part.Shape, part.Pixels.ToArray(), part.Labels.ToArray(), classes);
        return new DataSplit(Named(data.Train), Named(data.Test));
    }

    private static (DataRequest Request, bool HasTest) LookAt(string place)
    {
        using var files = FileSet.Open(place, archive: null);
        var pattern = new FilePattern(ClassFolders, "files", needsClass: true);
        string[] names = [.. files.Names.Where(pattern.IsMatch)];
        if (names.Length == 0)
            throw new InvalidDataException(
                $"{place}: neither IDX files nor folders named by class are in it; write a recipe whose \"data\" says what there is");
        if (names.All(name => name.EndsWith(".wav", StringComparison.OrdinalIgnoreCase)))
            throw new InvalidDataException(
                $"{place}: sounds need a recipe, which says how they become pictures: "
                + "\"data\": { \"kind\": \"wav\", \"files\": \"**/{class}/*.wav\", \"rate\": 16000 }");
        string[] classes = [.. names.Select(name => pattern.ClassOf(name)!).Distinct().Order(StringComparer.Ordinal)];
        if (classes.Length > 256)
            throw new InvalidDataException($"{place}: has {classes.Length} folders of files, more than 256 classes; write a recipe");
        var header = HeaderOf(files, names[0]);
        var test = new FilePattern(TestFolders, "test", needsClass: false);
        return (new DataRequest(classes, new Shape(header.Height, header.Width, 3)) { Folder = place }, names.Any(test.IsMatch));
    }

    private static PictureHeader HeaderOf(FileSet files, string name)
    {
        try
        {
            return PictureHeaders.Read(files.Read(name));
        }
        catch (PictureException refused)
        {
            throw new InvalidDataException($"{files.PathOf(name)}: {refused.Message}", refused);
        }
    }
}
