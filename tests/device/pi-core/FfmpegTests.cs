using System;
using System.IO;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>Pixels against those of ffmpeg's area scaler, which works on Y, Cb and Cr too, in its own fixed point.</summary>
public sealed unsafe class FfmpegTests
{
    private const int Width = 640, Height = 480, LargestDifference = 2;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("hand-signs-gray", "yuyv422", PixelFormat.Yuyv, "gradients=seed=3:nb_colors=8")]
    [InlineData("hand-signs-gray", "yuyv422", PixelFormat.Yuyv, "mandelbrot")]
    [InlineData("hand-signs-gray", "yuyv422", PixelFormat.Yuyv, "testsrc2")]
    [InlineData("hand-signs-gray", "nv12", PixelFormat.Nv12, "mandelbrot")]
    [InlineData("digits8x8", "yuv420p", PixelFormat.I420, "testsrc2")]
    [InlineData("hand-signs", "rgb24", PixelFormat.Rgb, "mandelbrot")]
    [InlineData("hand-signs", "bgr24", PixelFormat.Bgr, "testsrc2")]
    [InlineData("hand-signs", "yuyv422", PixelFormat.Yuyv, "gradients=seed=3:nb_colors=8")]
    [InlineData("hand-signs", "yuyv422", PixelFormat.Yuyv, "mandelbrot")]
    [InlineData("hand-signs", "yuv420p", PixelFormat.I420, "mandelbrot")]
    public void Pixels_are_those_of_ffmpeg_within_two_levels(string name, string pixelFormat, int format, string source)
    {
        StaticProgram.Needs("ffmpeg", "ffmpeg");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgecnn-ffmpeg-");
        string frame = Path.Combine(folder.FullName, "frame"), scaled = Path.Combine(folder.FullName, "scaled");
        using EdgeModel model = TestModel.Open(name);
        TensorInfo input = model.Inputs[0];
        string area = $"crop=480:480:80:0,scale={input.Shape[2]}:{input.Shape[1]}:in_range=tv:out_range=pc:"
            + "flags=area+accurate_rnd+full_chroma_int+full_chroma_inp";
        string size = $"{Width}x{Height}", separator = source.Contains('=', StringComparison.Ordinal) ? ":" : "=";
        Ffmpeg("-f", "lavfi", "-i", $"{source}{separator}size={size}", "-frames:v", "1", "-pix_fmt", pixelFormat, "-f", "rawvideo", frame);
        string target = input.ChannelOrder == ChannelOrder.Gray ? "gray" : "rgb24";
        Ffmpeg(
            "-f", "rawvideo", "-pix_fmt", pixelFormat, "-s", size, "-i", frame, "-vf", area, "-pix_fmt", target, "-f", "rawvideo", scaled);
        byte[] expected = File.ReadAllBytes(scaled);
        Picture picture = default;
        Assert.Equal(Fault.None, picture.Open(model.ModelPointer, 0, new FrameShape(format, Width, Height)));
        fixed (byte* p = File.ReadAllBytes(frame)) picture.Into(p, model.ArenaPointer);
        int largest = 0, sum = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            int difference = picture.Pixels[i] - expected[i];
            largest = Math.Max(largest, Math.Abs(difference));
            sum += difference;
        }
        picture.Close();
        folder.Delete(recursive: true);
        double mean = (double)sum / expected.Length;
        Measured.Note($"{source} {pixelFormat} to {target}: largest difference to ffmpeg's area scaler {largest}, mean {mean:f3}");
        Assert.InRange(largest, 0, LargestDifference);
    }

    private static void Ffmpeg(params string[] arguments)
    {
        CommandResult result = Command.Run("ffmpeg", ["-v", "error", "-y", .. arguments], s_limit);
        Assert.True(result.ExitCode == 0, result.Output);
    }
}
