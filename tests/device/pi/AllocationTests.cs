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
        using var station = new Station(
            TestModels.Signs,
            settings => settings with { Outputs = new OutputSettings { Lines = Occasion.Frame } },
            first => pipe.Read(first) ? pipe : null);
        long allocated = long.MaxValue;
        // All threads count: the smallest of several turns is what the frames take, the others are the runtime's own.
        for (int turn = 0; turn < 5 && allocated > 0; turn++)
        {
            Pass(station, WarmUp);
            long before = GC.GetTotalAllocatedBytes(precise: true), from = station.Service.Capture.Captured;
            Pass(station, Frames);
            Assert.True(station.Service.Capture.Captured - from >= Frames);
            allocated = Math.Min(allocated, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        Assert.Equal(0, allocated);
        Measured.Note($"camera: {allocated} bytes allocated over {Frames:n0} frames from capture to output");
    }

    private static void Pass(Station station, int frames)
    {
        long until = station.Service.Capture.Captured + frames;
        while (station.Service.Capture.Captured < until) Thread.Sleep(1);
    }
}
