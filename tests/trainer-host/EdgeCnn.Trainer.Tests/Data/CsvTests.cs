using System;
using System.IO;
using System.Text;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using Xunit;

namespace EdgeCnn.Tests.Data;

public sealed class CsvTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Csv _source = new("digits.csv", height: 1, width: 2, largest: 16, testShare: 0.5);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pixels_are_stretched_to_bytes()
    {
        var data = _source.Read(Write("0,16,1\n8, 4,0\r\n\n"), Dataset.NumberedClasses(2));
        Assert.Equal(new Shape(1, 2, 1), data.Shape);
        Assert.Equal([0, 255, 128, 64], data.Pixels.ToArray());
        Assert.Equal([1, 0], data.Labels.ToArray());
    }

    [Theory]
    [InlineData("0,1,1\n0,1\n", "line 2: 2 numbers where 2 pixels and a label are expected")]
    [InlineData("0,17,1\n", "line 1: '17' is not a whole number from 0 to 16")]
    [InlineData("0,-1,1\n", "line 1: '-1' is not a whole number from 0 to 16")]
    [InlineData("0,1,2\n", "line 1: '2' is not a whole number from 0 to 1")]
    [InlineData("0,x,1\n", "line 1: 'x' is not a whole number from 0 to 16")]
    [InlineData("0,1,1\n", "has 1 images, too few to split")]
    public void A_wrong_line_is_named(string text, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => _source.Read(Write(text), Dataset.NumberedClasses(2)));
        Assert.EndsWith($"digits.csv: {message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_split_is_decided_by_the_seed_and_loses_no_image()
    {
        Write("0,0,0\n1,0,0\n2,0,0\n3,0,0\n4,0,0\n5,0,0\n6,0,0\n7,0,0\n8,0,0\n9,0,0\n");
        var first = _source.Load(Request(_folder.Path, 1));
        var again = _source.Load(Request(_folder.Path, 1));
        Assert.Equal((5, 5), (first.Train.Count, first.Test.Count));
        Assert.Equal(first.Train.Pixels.ToArray(), again.Train.Pixels.ToArray());
        byte[] all = [.. first.Train.Pixels, .. first.Test.Pixels];
        Array.Sort(all);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 32, 48, 64, 80, 96, 112, 128, 143], all);
    }

    [Fact]
    public void The_digits_of_the_uci_repository_are_read()
    {
        var split = new Csv().Load(Request(SharedData.Folder("uci-digits-8x8"), 10));
        Assert.Equal(1797, split.Train.Count + split.Test.Count);
        Assert.Equal(359, split.Test.Count);
    }

    private static DataRequest Request(string folder, int classes) =>
        new(Dataset.NumberedClasses(classes), new Shape(8, 8, 1)) { Folder = folder };

    private string Write(string text) => _folder.Write("digits.csv", Encoding.ASCII.GetBytes(text));
}
