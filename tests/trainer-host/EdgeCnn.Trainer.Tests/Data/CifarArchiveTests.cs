using System;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Data.KnownSets;
using Xunit;

namespace EdgeCnn.Tests.Data;

public sealed class CifarArchiveTests : IDisposable
{
    private const int Plane = 32 * 32;
    private readonly TemporaryFolder _folder = new();

    private string Archive => Path.Combine(_folder.Path, "cifar-10-binary.tar.gz");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Batches_are_read_in_their_order_and_colors_are_interleaved()
    {
        Pack(
            ("data_batch_2.bin", [.. Record(7, 30)]), ("data_batch_1.bin", [.. Record(3, 10), .. Record(9, 20)]), ("test_batch.bin", Record(0, 40)));
        DataSplit split = Load();
        Assert.Equal([3, 9, 7], split.Train.Labels.ToArray());
        Assert.Equal([0], split.Test.Labels.ToArray());
        Assert.Equal([20, 21, 22], split.Train.Image(1)[..3].ToArray());
        Assert.Equal(new Shape(32, 32, 3), split.Train.Shape);
        // The second pixel of a plane is 100 more than the first.
        Assert.Equal([130, 131, 132], split.Train.Image(2).Slice(3, 3).ToArray());
    }

    [Fact]
    public void What_is_no_such_archive_is_refused_with_the_reason()
    {
        Pack(("data_batch_1.bin", new byte[100]));
        Assert.Contains("data_batch_1.bin: 100 bytes are no whole number of records", Refusal(), StringComparison.Ordinal);
        Pack(("data_batch_1.bin", Record(10, 0)));
        Assert.Contains("byte 0: class 10; the recipe has 10", Refusal(), StringComparison.Ordinal);
        Pack(("readme.html", new byte[10]));
        Assert.Contains("holds none of data_batch_1.bin", Refusal(), StringComparison.Ordinal);
        File.WriteAllBytes(Archive, [1, 2, 3]);
        Assert.Contains("is damaged", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_that_is_known_packed_is_checked_as_it_is()
    {
        var file = new KnownFile("x.gz", 3, "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81") { IsKnownPacked = true };
        Assert.Equal(file.Sha256, Checksum.Of(new MemoryStream([1, 2, 3]), file));
    }

    private static byte[] Record(byte label, byte first)
    {
        var record = new byte[1 + 3 * Plane];
        record[0] = label;
        for (var channel = 0; channel < 3; channel++)
            (record[1 + channel * Plane], record[2 + channel * Plane]) = ((byte)(first + channel), (byte)(first + channel + 100));
        return record;
    }

    private DataSplit Load() => new CifarArchive().Load(
        new DataRequest([.. Enumerable.Range(0, 10).Select(c => $"{c}")], new Shape(32, 32, 3)) { Folder = _folder.Path });

    private string Refusal() => Assert.Throws<InvalidDataException>(Load).Message;

    private void Pack(params (string Name, byte[] Content)[] files)
    {
        using var packed = new GZipStream(File.Create(Archive), CompressionLevel.Fastest);
        using var archive = new TarWriter(packed);
        foreach (var (name, content) in files)
            archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"cifar-10-batches-bin/{name}")
            {
                DataStream = new MemoryStream(content),
            });
    }
}
