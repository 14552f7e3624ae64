using System;
using System.Diagnostics;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>What a frame costs. Runs when no other test does, because it counts allocations.</summary>
[CollectionDefinition(nameof(SpeedTests), DisableParallelization = true)]
[Collection(nameof(SpeedTests))]
public sealed unsafe class SpeedTests
{
    private const int Frames = 10_000, Attempts = 5;

    [Fact]
    public void Ten_thousand_frames_allocate_nothing()
    {
        var shape = new FrameShape(PixelFormat.Yuyv, 640, 480);
        byte[] frame = new byte[shape.FrameBytes];
        new Random(1).NextBytes(frame);
        using EdgeModel model = TestModel.Open("hand-signs");
        var classifier = (Classifier*)Pages.Allocate(sizeof(Classifier));
        Smoothing smoothing = default;
        Assert.Equal(Fault.None, classifier->Open(model.ModelPointer, model.ArenaPointer, false, shape));
        smoothing.Start(classifier->Labels);
        long best = long.MaxValue, bestPicture = long.MaxValue;
        fixed (byte* p = frame)
        {
            for (int i = 0; i < 100; i++) Once(p);
            long least = long.MaxValue;
            // A collection that other threads bring about shifts the count; frames that allocate do so every time.
            for (int attempt = 0; attempt < Attempts && least != 0; attempt++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < Frames; i++) Once(p);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            Assert.Equal(0, least);
        }
        classifier->Close();
        Pages.Free((byte*)classifier, sizeof(Classifier));
        long frames = Stopwatch.Frequency / best, pictures = Stopwatch.Frequency / bestPicture;
        Measured.Note($"hand-signs from 640 x 480 YUYV: {frames:n0} frames per second, picture alone {pictures:n0}");

        void Once(byte* p)
        {
            long start = Stopwatch.GetTimestamp();
            classifier->Prepare(p);
            bestPicture = Math.Min(bestPicture, Stopwatch.GetTimestamp() - start);
            classifier->Run();
            smoothing.Add(classifier);
            best = Math.Min(best, Stopwatch.GetTimestamp() - start);
        }
    }
}
