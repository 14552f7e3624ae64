using System;
using System.Threading;
using EdgeCnn.Device;
using EdgeCnn.Pi.Frames;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Tests.Support;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Pi.Tests;

/// <summary>Alone, because allocations of all threads are counted.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int WarmUp = 2000, Frames = 10_000;

    [Fact]
    public void From_the_bytes_of_a_pipe_to_lines_of_JSON_nothing_is_allocated()
    {
        // Black frames without end, as fast as they are taken.
        using var pipe = new RawPipe("a pipe", "cat", ["/dev/zero"], new FrameShape(PixelFormat.I420, 160, 120));
        using Station station = Start(TestModels.Signs, pipe);
        Assert.Equal(0, Allocated(station, Frames));
        Measured.Note($"camera: 0 bytes allocated over {Frames:n0} frames from a pipe to lines of JSON");
    }

    [Fact]
    public void Waiting_for_frames_allocates_nothing_either()
    {
        using var camera = new TestCamera(pauseMilliseconds: 1);
        using Station station = Start(TestModels.Teachable, camera);
        Assert.Equal(0, Allocated(station, WarmUp));
    }

    [Fact]
    public void From_samples_to_lines_of_JSON_nothing_is_allocated()
    {
        // Noise is a word in the middle of every window.
        var sound = new SoundSettings { Source = SoundKind.Pipe };
        using var windows = new SoundWindows(new ProgramSound("noise", isLive: false, "cat", ["/dev/urandom"]), sound);
        using var station = new Station(
            TestModels.Read("dscnn-digits"),
            settings => settings with { Sound = sound, Outputs = new OutputSettings { Lines = Occasion.Frame } },
            first => windows.Read(first) ? windows : null);
        Assert.Equal(0, Allocated(station, WarmUp));
        Measured.Note($"microphone: 0 bytes allocated over {WarmUp:n0} windows of samples to lines of JSON");
    }

    private static Station Start(byte[] model, IFrameSource source) => new(
        model,
        settings => settings with { Outputs = new OutputSettings { Lines = Occasion.Frame } },
        first => source.Read(first) ? source : null);

    /// <summary>Bytes that all threads allocated over a number of frames: the smallest of several turns is what the frames take, the others
    /// are the runtime's own.</summary>
    private static long Allocated(Station station, int frames)
    {
        long least = long.MaxValue;
        for (int turn = 0; turn < 5 && least > 0; turn++)
        {
            Pass(station, WarmUp);
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Pass(station, frames);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        return least;
    }

    private static void Pass(Station station, int frames)
    {
        long until = station.Service.Capture.Captured + frames;
        while (station.Service.Capture.Captured < until) Thread.Sleep(1);
    }
}
