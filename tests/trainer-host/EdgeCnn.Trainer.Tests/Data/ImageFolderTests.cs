using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Recipes;
using EdgeCnn.Trainer.Report;
using Xunit;

namespace EdgeCnn.Tests.Data;

public sealed class ImageFolderTests : IDisposable
{
    private static readonly string[] Classes = ["cat", "dog"];
    private readonly TemporaryFolder _folder = new();

    public ImageFolderTests()
    {
        for (var i = 0; i < 10; i++)
        {
            Write($"cat/{i}.pgm", [.. "P5 1 1 255 "u8, (byte)i]);
            Write($"dog/{i}.pgm", [.. "P5 1 1 255 "u8, (byte)(100 + i)]);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folders_are_classes_and_the_split_is_drawn_by_the_seed()
    {
        var data = Load(new ImageFolder(testShare: 0.3));
        Assert.Equal((14, 6), (data.Train.Count, data.Test.Count));
        Assert.Equal(3, data.Test.Labels.Count((byte)1));
        byte[] all = [.. data.Train.Pixels, .. data.Test.Pixels];
        Assert.Equal(Enumerable.Range(0, 10).Concat(Enumerable.Range(100, 10)).Select(value => (byte)value), all.Order());
        for (var i = 0; i < data.Train.Count; i++)
            Assert.Equal(data.Train.Pixels[i] >= 100 ? 1 : 0, data.Train.Labels[i]);
        Assert.Equal(data.Train.Pixels.ToArray(), Load(new ImageFolder(testShare: 0.3)).Train.Pixels.ToArray());
        Assert.NotEqual(data.Train.Pixels.ToArray(), Load(new ImageFolder(testShare: 0.3, seed: 2)).Train.Pixels.ToArray());
    }

    [Fact]
    public void An_archive_gives_the_same_whatever_the_order_of_its_entries()
    {
        using var other = new TemporaryFolder();
        var path = Path.Combine(other.Path, "pets.zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).OrderDescending())
                archive.CreateEntryFromFile(file, Path.GetRelativePath(_folder.Path, file));
        }

        var plain = Load(new ImageFolder());
        foreach (var place in (string[])[path, other.Path])
        {
            var packed = new ImageFolder().Load(Request() with { Folder = place });
            Assert.Equal(plain.Train.Pixels.ToArray(), packed.Train.Pixels.ToArray());
            Assert.Equal(plain.Test.Labels.ToArray(), packed.Test.Labels.ToArray());
        }
    }

    [Fact]
    public void Test_files_can_be_named_by_a_pattern()
    {
        var data = Load(new ImageFolder(test: "**/[0-2].pgm"));
        Assert.Equal((byte[])[0, 1, 2, 100, 101, 102], data.Test.Pixels.ToArray().Order());
        Assert.Equal(14, data.Train.Count);
    }

    [Theory]
    [InlineData("crop", 4)]
    [InlineData("stretch", 6)]
    public void What_does_not_have_the_inputs_proportions_is_cut_off_or_squeezed(string fit, byte expected)
    {
        byte[] pixels = [2, 4, 8, 10];
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*.pgm", SearchOption.AllDirectories))
            File.WriteAllBytes(file, [.. "P5 4 1 255 "u8, .. pixels]);
        var data = new ImageFolder(fit: fit).Load(new DataRequest(Classes, new Shape(1, 1, 1)) { Folder = _folder.Path });
        Assert.Equal(expected, data.Train.Pixels[0]);
    }

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "cat/readme.txt", "hello", "cat/readme.txt: is not a picture" },
        { "cat/x.pgm", "P5 9 9 255 ", "cat/x.pgm: byte 11: truncated" },
        { "cat/x.pgm", "", "cat/x.pgm: the file is empty" },
        { "bird/x.pgm", "P5 1 1 255 x", "bird/x.pgm: its class 'bird' is none of the recipe's 2 (cat, dog)" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_wrong_file_is_named(string name, string content, string message)
    {
        Write(name, System.Text.Encoding.ASCII.GetBytes(content));
        var error = Assert.Throws<InvalidDataException>(() => Load(new ImageFolder()));
        Assert.Contains($"{_folder.Path}/{message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_class_and_an_empty_part_are_refused()
    {
        var request = Request() with { Classes = ["cat", "dog", "eel"] };
        var empty = Assert.Throws<InvalidDataException>(() => new ImageFolder().Load(request));
        Assert.Contains("class 'eel' has no files; looked for \"**/{class}/*\" among 20 files", empty.Message, StringComparison.Ordinal);
        var untested = Assert.Throws<InvalidDataException>(() => Load(new ImageFolder(test: "nothing")));
        Assert.Contains("20 are for training and 0 for testing", untested.Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => new ImageFolder().Load(request with { Folder = _folder.Path + "/gone" }));
        Assert.Throws<RecipeException>(() => new ImageFolder().Load(request with { Folder = null }));
        Assert.Throws<RecipeException>(() => new ImageFolder().Load(request with { Input = new Shape(8, 8, 2) }));
    }

    [Fact]
    public void Photographs_of_signs_load_with_a_word()
    {
        var request = new DataRequest(Dataset.NumberedClasses(10), new Shape(48, 48, 1)) { Folder = SharedData.Folder("sign-digits") };
        var data = new ImageFolder().Load(request);
        Assert.Equal(2062, data.Train.Count + data.Test.Count);
        Assert.Equal(411, data.Test.Count);
        Assert.Equal(0.651, DataReport.Of(data).Mean[0], 0.002);
    }

    [Fact]
    public void Cifar_as_jpeg_files_loads_with_the_folder_of_its_test_images()
    {
        IReadOnlyList<string> classes = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
        var request = new DataRequest(classes, new Shape(32, 32, 3)) { Folder = SharedData.Folder("cifar10-jpeg") };
        var data = new ImageFolder(test: "test/**").Load(request);
        Assert.Equal((20_000, 10_000), (data.Train.Count, data.Test.Count));
        Assert.Equal(1000, data.Test.Labels.Count((byte)3));
        double[] mean = [.. DataReport.Of(data).Mean];
        Assert.Equal([0.49, 0.48, 0.45], mean.Select(value => Math.Round(value, 2)));
    }

    private DataRequest Request() => new(Classes, new Shape(1, 1, 1)) { Folder = _folder.Path };

    private DataSplit Load(ImageFolder source) => source.Load(Request());

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Path, name))!);
        _folder.Write(name, content);
    }
}
