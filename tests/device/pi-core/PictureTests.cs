using System;
using System.Linq;
using System.Runtime.InteropServices;
using EdgeCnn.Managed;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>A frame becomes the model's input as <see cref="PlainPicture"/> defines it, byte for byte.</summary>
public sealed unsafe class PictureTests
{
    public static TheoryData<int, string> FormatsAndModels =>
        [.. from format in Enumerable.Range(PixelFormat.Gray, PixelFormat.I420)
            from model in (string[])["hand-signs", "hand-signs-gray", "digits8x8", "blue first"]
            select new TheoryDataRow<int, string>(format, model)];

    [Theory]
    [MemberData(nameof(FormatsAndModels))]
    public void Frames_of_any_shape_become_the_input_as_it_is_defined(int format, string name)
    {
        using EdgeModel model = name == "blue first" ? TestModel.OpenBlueFirst("hand-signs") : TestModel.Open(name);
        var random = new Random(format);
        for (int i = 0; i < 12; i++)
        {
            (int width, int height) = (2 * random.Next(1, 70), 2 * random.Next(1, 60));
            int rowBytes = i % 2 == 0 ? 0 : PixelFormat.RowBytes(format, width) + 2 * random.Next(9);
            AssertSame(model, new FrameShape(format, width, height, rowBytes, i % 3 == 0), i % 4 != 3, i);
        }
    }

    [Theory]
    [InlineData(PixelFormat.Yuyv, 640, 480)]
    [InlineData(PixelFormat.I420, 1280, 720)]
    [InlineData(PixelFormat.Rgb, 101, 57)]
    public void Sizes_of_cameras_and_odd_sizes_too(int format, int width, int height)
    {
        using EdgeModel model = TestModel.Open("hand-signs");
        AssertSame(model, new FrameShape(format, width, height), true, 3);
    }

    [Fact]
    public void A_color_frame_gives_what_the_trainer_makes_of_the_picture()
    {
        using EdgeModel model = TestModel.Open("hand-signs");
        byte[] frame = Random(120 * 90 * 3, 1), trained = new byte[48 * 48 * 3];
        fixed (byte* from = frame, to = trained) Resize.Area(from, 15 * 3, 120 * 3, 90, 90, 3, to, 0, 48, 48);
        Picture picture = default;
        Assert.Equal(Fault.None, picture.Open(model.ModelPointer, 0, new FrameShape(PixelFormat.Rgb, 120, 90)));
        fixed (byte* p = frame) picture.Into(p, model.ArenaPointer);
        Assert.Equal(trained, new ReadOnlySpan<byte>(picture.Pixels, trained.Length));
        picture.Close();
    }

    [Theory]
    [InlineData(PixelFormat.Yuyv, 641, 480, 0)]
    [InlineData(PixelFormat.I420, 640, 481, 0)]
    [InlineData(PixelFormat.Gray, 0, 480, 0)]
    [InlineData(PixelFormat.Gray, 640, -1, 0)]
    [InlineData(PixelFormat.Gray, 65536, 1, 0)]
    [InlineData(PixelFormat.Gray, 65535, 65535, 0)]
    [InlineData(PixelFormat.Rgb, 640, 480, 1919)]
    [InlineData(PixelFormat.Gray, 8, 4096, 1 << 20)]
    [InlineData(0, 640, 480, 0)]
    [InlineData(7, 640, 480, 0)]
    public void Shapes_that_no_frame_has_are_refused(int format, int width, int height, int rowBytes)
    {
        using EdgeModel model = TestModel.Open("hand-signs");
        Picture picture = default;
        Assert.Equal(Fault.BadShape, picture.Open(model.ModelPointer, 0, new FrameShape(format, width, height, rowBytes)));
    }

    [Fact]
    public void A_model_for_sound_takes_no_frames()
    {
        using EdgeModel model = TestModel.Open("dscnn-digits");
        Picture picture = default;
        Assert.Equal(Fault.NotAnImage, picture.Open(model.ModelPointer, 0, new FrameShape(PixelFormat.Rgb, 64, 64)));
    }

    private static void AssertSame(EdgeModel model, FrameShape shape, bool crop, int seed)
    {
        byte[] frame = Random(shape.FrameBytes, seed);
        var plain = new PlainPicture(model, shape, crop);
        Picture picture = default;
        Assert.Equal(Fault.None, picture.Open(model.ModelPointer, 0, shape, crop));
        fixed (byte* p = frame) picture.Into(p, model.ArenaPointer);
        byte[] pixels = plain.Pixels(frame);
        Assert.Equal(pixels, new ReadOnlySpan<byte>(picture.Pixels, pixels.Length));
        Assert.Equal(plain.Integers(frame), MemoryMarshal.Cast<byte, sbyte>(model.Bytes(model.Inputs[0])));
        picture.Close();
    }

    private static byte[] Random(int count, int seed)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
