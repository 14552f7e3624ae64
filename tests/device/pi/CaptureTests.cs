using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using EdgeCnn.Device;
using EdgeCnn.Pi.Frames;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Tests.Support;
using Xunit;

namespace EdgeCnn.Pi.Tests;

public sealed class CaptureTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_camera_that_was_unplugged_is_found_again()
    {
        var log = new TestLog();
        TestCamera? camera = null;
        int opened = 0;
        // The second look finds nothing: somebody is still on his way with the plug.
        using var station = new Station(
            TestModels.Digits, log: log, open: first => ++opened == 2 ? null : Read(camera = new TestCamera(), first));
        station.Frames(10);
        camera!.Unplug();
        Station.Until(() => station.Service.Capture.Losses == 1, "the loss was noticed");
        station.Frames(10);
        Assert.Equal(3, opened);
        Assert.Contains(log.Lines, line => line.Contains("a camera for tests is lost: the camera was unplugged", StringComparison.Ordinal));
    }

    [Fact]
    public void A_camera_that_falls_silent_is_closed_and_opened_again()
    {
        var log = new TestLog();
        TestCamera? camera = null;
        using var station = new Station(
            TestModels.Digits, settings => settings with { Camera = new CameraSettings { TimeoutSeconds = 1 } },
            first => Read(camera = new TestCamera(), first), log);
        station.Frames(10);
        camera!.FallSilent();
        Station.Until(() => station.Service.Capture.Losses == 1, "the silence was noticed");
        station.Frames(10);
        Assert.Contains(log.Lines, line => line.Contains("gave no frame for 1 s", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pipe_whose_program_was_killed_is_started_again()
    {
        string program = Script("while :; do head -c 384 /dev/zero; sleep 0.01; done");
        RawPipe? pipe = null;
        using var station = new Station(TestModels.Digits, open: first => Read(
            pipe = new RawPipe("a pipe", program, [], new FrameShape(PixelFormat.I420, 16, 16)), first));
        station.Frames(5);
        using (var killed = Process.GetProcessById(pipe!.ProcessId)) killed.Kill(entireProcessTree: true);
        Station.Until(() => station.Service.Capture.Losses == 1, "the end was noticed");
        station.Frames(5);
    }

    [Fact]
    public void Frames_of_rpicam_vid_are_chosen_before_all_others()
    {
        // Asked for raw frames of a size, it gives some that are black.
        string program = Script("echo $* > \"$0.asked\"; for i in 1 2 3; do head -c 30720 /dev/zero; done; sleep 60", "rpicam-vid");
        using Process camera = PiProgram.Start(
            [("PATH", $"{_scratch.Folder}:{Environment.GetEnvironmentVariable("PATH")}")],
            $"--Model:Folder={_scratch.At("state")}", "--Web:Enabled=false", "--Camera:Width=128", "--Camera:Height=160");
        string line;
        do line = camera.StandardError.ReadLine() ?? throw new IOException("the program has ended");
        while (!line.Contains("frames", StringComparison.Ordinal));
        camera.Kill(entireProcessTree: true);
        Assert.EndsWith("frames come from rpicam-vid, 128 × 160", line);
        string asked = File.ReadAllText($"{program}.asked");
        Assert.Contains("--codec yuv420", asked);
        Assert.Contains("--width 128 --height 160 --output -", asked);
    }

    [Fact]
    public void A_program_that_fails_says_why()
    {
        string program = Script("echo no cameras available >&2; exit 3");
        using var pipe = new RawPipe("a pipe", program, [], new FrameShape(PixelFormat.I420, 16, 16));
        Assert.Contains("ended with 3: no cameras available", Assert.Throws<IOException>(() => pipe.Read(new Frame())).Message);
    }

    [Fact]
    public void The_log_says_which_source_was_chosen_and_why_not_the_others()
    {
        var log = new TestLog();
        var camera = new CameraSettings { Device = "/dev/video99", Width = 642 };
        Assert.Null(new SourceChooser(new PiSettings { Camera = camera }, log).Open(new Frame()));
        string line = Assert.Single(log.Lines);
        Assert.Matches(
            @"no frames: rpicam \(.*\); libcamera \(.*\); v4l2 \(no such device.*\); ffmpeg \(/dev/video99: there is no .*\)", line);
    }

    [Fact]
    public void Pictures_of_a_folder_come_in_the_order_of_their_names_each_with_its_size()
    {
        (int, int)[] sizes = [(20, 10), (8, 8), (33, 21)];
        foreach ((int i, (int width, int height)) in sizes.Index())
            Ffmpeg.Run("-f", "lavfi", "-i", $"testsrc=size={width}x{height}", "-frames:v", "1", _scratch.At($"it's {i}.png"));
        using var stream = new PictureFolder(_scratch.Folder, loop: false, TimeSpan.Zero);
        var frame = new Frame();
        foreach ((int width, int height) in sizes)
        {
            Assert.True(stream.Read(frame));
            Assert.Equal((PixelFormat.Rgb, width, height), (frame.Shape.Format, frame.Shape.Width, frame.Shape.Height));
        }
        Assert.False(stream.Read(frame));
    }

    [Theory]
    [InlineData("video.mkv", "no video at all", "ffmpeg ended with")]
    [InlineData("elsewhere.mkv", null, "there is no such file or folder")]
    public void A_file_that_is_no_video_is_refused(string name, string? content, string message)
    {
        Assert.SkipUnless(Tools.Exists("ffmpeg"), "ffmpeg is not installed");
        if (content is not null) File.WriteAllText(_scratch.At(name), content);
        var log = new TestLog();
        Assert.Null(new SourceChooser(new PiSettings { Camera = new CameraSettings { File = _scratch.At(name) } }, log).Open(new Frame()));
        Assert.Contains(message, log.Lines.Single());
    }

    private static T? Read<T>(T source, Frame first)
        where T : class, IFrameSource => source.Read(first) ? source : null;

    private string Script(string body, string name = "camera.sh")
    {
        string path = _scratch.At(name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
