using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Recipes;
using Xunit;

namespace EdgeCnn.Tests.Data;

public sealed class IdxTests : IDisposable
{
    private static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    private static readonly byte[] Labels = [0, 0, 8, 1, 0, 0, 0, 2, 1, 0];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_and_labels_are_read()
    {
        var data = Read(Images, Labels);
        Assert.Equal(new Shape(2, 3, 1), data.Shape);
        Assert.Equal(2, data.Count);
        Assert.Equal([7, 8, 9, 10, 11, 12], data.Image(1).ToArray());
        Assert.Equal([1, 0], data.Labels.ToArray());
    }

    [Fact]
    public void A_folder_may_hold_packed_and_plain_files_of_either_name()
    {
        _folder.Write("train-images-idx3-ubyte", Images);
        _folder.Write("train-labels.idx1-ubyte", Labels);
        _folder.Write("t10k-images-idx3-ubyte.gz", Packed(Images));
        _folder.Write("test-labels-idx1-ubyte", Labels);
        var split = new IdxFolder().Load(Request(_folder.Path, 2));
        Assert.Equal(split.Train.Pixels.ToArray(), split.Test.Pixels.ToArray());
    }

    [Theory]
    [InlineData(3, 4, "byte 3: 4 dimensions where 1 to 1 are expected")]
    [InlineData(2, 9, "byte 0: 00000901 is not the start of an IDX file of bytes (000008..)")]
    [InlineData(7, 3, "byte 10: 3 values need 11 bytes, the file has 10")]
    [InlineData(7, 1, "byte 9: 1 values need 9 bytes, the file has 10")]
    [InlineData(7, 0, "byte 4: dimension 0 is 0, which can't be")]
    [InlineData(4, 255, "byte 4: dimension 0 is 4278190082, which can't be")]
    [InlineData(9, 2, "byte 9: label 2 of image 1, but there are 2 classes")]
    public void A_wrong_byte_is_named(int position, byte value, string message)
    {
        var labels = Labels.ToArray();
        labels[position] = value;
        var error = Assert.Throws<InvalidDataException>(() => Read(Images, labels));
        Assert.EndsWith($"labels: {message}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(9)]
    public void A_file_that_ends_early_is_refused_where_it_ends(int length)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(Images, Labels[..length]));
        Assert.Contains($"labels: byte {length}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_without_labels_are_refused()
    {
        byte[] one = [0, 0, 8, 1, 0, 0, 0, 1, 1];
        var error = Assert.Throws<InvalidDataException>(() => Read(Images, one));
        Assert.Contains("1 labels for the 2 images", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_archive_is_refused()
    {
        var packed = Packed(Images);
        packed[12] ^= 0x55;
        var path = _folder.Write("images.gz", packed);
        Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => Idx.ReadImages(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_and_folders_are_named()
    {
        Refuses<DirectoryNotFoundException>(Path.Combine(_folder.Path, "nowhere"), "nowhere");
        Refuses<FileNotFoundException>(_folder.Path, "train-images-idx3-ubyte");
        Refuses<RecipeException>(null, "--data");

        static void Refuses<TException>(string? folder, string message)
            where TException : Exception
        {
            var error = Assert.Throws<TException>(() => new IdxFolder().Load(Request(folder, 10)));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    private static byte[] Packed(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionMode.Compress))
            gzip.Write(content);
        return memory.ToArray();
    }

    private Dataset Read(byte[] images, byte[] labels) =>
        Idx.Read(_folder.Write("images", images), _folder.Write("labels", labels), Dataset.NumberedClasses(2));

    private static DataRequest Request(string? folder, int classes) =>
        new(Dataset.NumberedClasses(classes), new Shape(2, 3, 1)) { Folder = folder };
}
