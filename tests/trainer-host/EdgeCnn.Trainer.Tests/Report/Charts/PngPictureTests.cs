using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Report.Charts;
using Xunit;

namespace EdgeCnn.Tests.Report.Charts;

public class PngPictureTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 2)]
    public void The_file_has_size_color_type_and_the_pixels(int channels, byte color)
    {
        var shape = new Shape(5, 7, channels);
        byte[] pixels = [.. Enumerable.Range(0, shape.Length).Select(i => (byte)(i * 37))];
        var file = PngPicture.Encode(shape, pixels);
        Assert.Equal(7, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)));
        Assert.Equal(5, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)));
        Assert.Equal([8, color], file[24..26]);
        var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(33));
        Assert.Equal("IDAT", Encoding.ASCII.GetString(file, 37, 4));
        using var zlib = new ZLibStream(new MemoryStream(file, 41, length), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        Assert.Equal(pixels, rows.ToArray().Where((_, i) => i % (7 * channels + 1) != 0));
    }

    [Fact]
    public void The_checksum_of_the_end_is_the_published_one() =>
        Assert.Equal(0xAE426082, BinaryPrimitives.ReadUInt32BigEndian(PngPicture.Encode(new Shape(1, 1, 1), [0]).AsSpan(^4..)));

    [Fact]
    public void Other_numbers_of_channels_are_refused() =>
        Assert.Throws<ArgumentException>(() => PngPicture.Encode(new Shape(1, 1, 2), [0, 0]));
}
