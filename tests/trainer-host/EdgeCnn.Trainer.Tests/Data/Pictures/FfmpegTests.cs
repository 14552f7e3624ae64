using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Data.Files;
using EdgeCnn.Trainer.Data.Pictures;
using Xunit;

namespace EdgeCnn.Tests.Data.Pictures;

/// <summary>JPEG and PNG pictures, which the tests let ffmpeg make itself.</summary>
public sealed class FfmpegTests : IDisposable
{
    private static readonly string[] Classes = ["a"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_of_any_size_and_packing_come_out_in_their_places()
    {
        byte[] red = [.. Enumerable.Repeat((byte[])[250, 10, 10], 12 * 9).SelectMany(pixel => pixel)];
        byte[] gray = [.. Enumerable.Repeat((byte)90, 40 * 50)];
        Write("1.png", Packed("png", "rgb24", 12, 9, red));
        Write("2.jpg", Packed("mjpeg", "gray", 40, 50, gray));
        Write("3.ppm", [.. "P6 1 1 255 "u8, 10, 20, 250]);
        Write("4.png", Packed("png", "gray", 40, 50, gray));
        Write("5.jpg", Packed("mjpeg", "rgb24", 12, 9, red));
        var data = Load(new Shape(4, 4, 3), "1.png", "2.jpg", "3.ppm", "4.png", "5.jpg", "1.png");
        Assert.Equal([250, 10, 10], data.Image(0)[..3].ToArray());
        Assert.Equal([90, 90, 90], data.Image(1)[..3].ToArray());
        Assert.Equal([10, 20, 250], data.Image(2)[..3].ToArray());
        Assert.Equal([90, 90, 90], data.Image(3)[..3].ToArray());
        Assert.All(data.Image(4)[..3].ToArray().Zip((byte[])[250, 10, 10]), pair => Assert.InRange(pair.First - pair.Second, -6, 6));
        Assert.Equal(data.Image(0).ToArray(), data.Image(5).ToArray());
    }

    [Fact]
    public void Pixels_of_a_png_are_what_was_packed()
    {
        byte[] noise = new byte[33 * 17 * 3];
        new Random(5).NextBytes(noise);
        Write("1.png", Packed("png", "rgb24", 33, 17, noise));
        Assert.Equal(noise, Load(new Shape(17, 33, 3), "1.png").Pixels.ToArray());
        Write("gray.png", Packed("png", "gray", 33, 17, noise[..(33 * 17)]));
        Assert.Equal(noise[..(33 * 17)], Load(new Shape(17, 33, 1), "gray.png").Pixels.ToArray());
    }

    [Theory]
    [InlineData("mjpeg", 30)]
    [InlineData("png", 30)]
    public void A_damaged_picture_among_good_ones_is_named(string codec, int good)
    {
        byte[] noise = new byte[32 * 32 * 3];
        new Random(6).NextBytes(noise);
        byte[] picture = Packed(codec, "rgb24", 32, 32, noise), damaged = [.. picture];
        damaged.AsSpan(picture.Length / 2, 40).Fill(0xFF);
        if (codec == "mjpeg")
            damaged.AsSpan(22, 60).Fill(0xFE);   // its first table
        string[] names = [.. Enumerable.Range(10, good).Select(i => $"{i}.x")];
        foreach (var name in names)
            Write(name, picture);
        Write("25.x", damaged);
        var error = Assert.Throws<InvalidDataException>(() => Load(new Shape(8, 8, 1), names));
        Assert.StartsWith($"{_folder.Path}/25.x: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mjpeg")]
    [InlineData("png")]
    public void No_beginning_of_a_picture_passes_for_one(string codec)
    {
        var picture = Packed(codec, "gray", 16, 16, new byte[256]);
        for (var length = 0; length < picture.Length - (codec == "png" ? 8 : 1); length++)
            Assert.Throws<PictureException>(() => PictureHeaders.Read(picture.AsSpan(0, length)));
        Assert.Equal((16, 16), (PictureHeaders.Read(picture).Width, PictureHeaders.Read(picture).Height));
    }

    [Fact]
    public void Without_the_program_it_says_what_to_install()
    {
        Write("1.jpg", [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 16, 0, 16, 1, 1, 0x11, 0, 0xFF, 0xD9]);
        using var files = FileSet.Open(_folder.Path, null);
        var loader = new PictureLoader(files, new Shape(8, 8, 1), crop: true, program: "no-such-ffmpeg");
        var error = Assert.Throws<FileNotFoundException>(
            () => loader.Load([new LabelledFile("1.jpg", 0)], Classes, TestContext.Current.CancellationToken));
        Assert.Contains("apt install ffmpeg", error.Message, StringComparison.Ordinal);
    }

    private Dataset Load(Shape shape, params string[] names)
    {
        using var files = FileSet.Open(_folder.Path, null);
        LabelledFile[] samples = [.. names.Select(name => new LabelledFile(name, 0))];
        return new PictureLoader(files, shape, crop: false).Load(samples, Classes, TestContext.Current.CancellationToken);
    }

    private void Write(string name, byte[] content) => _folder.Write(name, content);

    private static byte[] Packed(string codec, string format, int width, int height, byte[] pixels)
    {
        var start = new ProcessStartInfo(
            Ffmpeg.Program,
            $"-v error -f rawvideo -pix_fmt {format} -s {width}x{height} -i pipe:0 -c:v {codec} -q:v 1 -f image2pipe pipe:1")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            using var packed = new MemoryStream();
            process.StandardInput.BaseStream.Write(pixels);
            process.StandardInput.Close();
            process.StandardOutput.BaseStream.CopyTo(packed);
            return packed.ToArray();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("needs ffmpeg (Debian: apt install ffmpeg)");
            return [];
        }
    }
}
