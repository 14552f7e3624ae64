using System;
using System.IO;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using Xunit;

namespace EdgeCnn.Tests.Data;

public sealed class FoundDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Class_folders_and_a_test_folder_are_found()
    {
        foreach (var name in (string[])["train/cat/1.pgm", "train/dog/1.pgm", "test/cat/1.pgm", "test/dog/1.pgm", "test/dog/2.pgm"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Path, name))!);
            _folder.Write(name, [.. "P5 2 1 255 "u8, 1, 2]);
        }

        var data = FoundData.Load(_folder.Path);
        Assert.Equal(["cat", "dog"], data.Train.Classes);
        Assert.Equal((new Shape(1, 2, 3), 2, 3), (data.Train.Shape, data.Train.Count, data.Test.Count));
    }

    [Fact]
    public void Idx_files_have_as_many_classes_as_their_labels_need()
    {
        var data = FoundData.Load(SharedData.Folder("fashion-mnist"));
        Assert.Equal((10, 60_000, 10_000), (data.Train.Classes.Count, data.Train.Count, data.Test.Count));
    }

    [Fact]
    public void What_needs_a_recipe_says_so()
    {
        Assert.Contains("write a recipe", Refusal(), StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "cat"));
        _folder.Write("cat/1.wav", 1);
        Assert.Contains("sounds need a recipe", Refusal(), StringComparison.Ordinal);
    }

    private string Refusal() => Assert.Throws<InvalidDataException>(() => FoundData.Load(_folder.Path)).Message;
}
