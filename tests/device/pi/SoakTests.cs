using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using EdgeCnn.Pi.Tests.Support;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Pi.Tests;

/// <summary>Hours of work, only when asked for: EDGECNN_SOAK=60 gives it 60 minutes.</summary>
public sealed class SoakTests
{
    /// <summary>Longer than others can keep a computer busy; a frame that is stuck is so for ever.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Memory_is_flat_and_frames_go_on()
    {
        string? minutes = Environment.GetEnvironmentVariable("EDGECNN_SOAK");
        Assert.SkipUnless(minutes is { Length: > 0 }, "takes as many minutes as EDGECNN_SOAK says");
        var time = TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture));
        using var scratch = new Scratch();
        using Process program = Start(scratch);
        try
        {
            Uri page = await Page(program);
            _ = program.StandardError.BaseStream.CopyToAsync(Stream.Null, Stop);
            var (frames, memory, visitor) = (new ToldFrames(), new MemoryTrend(), new Visitor(page));
            Task told = frames.Follow(program.StandardOutput, Stop);
            while (frames.Count == 0 && frames.Silence < LongestGap) await Task.Delay(100, Stop);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            Task visits = visitor.Come(end.Token);
            long began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began) < time)
            {
                await Task.Delay(Pause, Stop);
                Assert.False(told.IsCompleted, "the program tells of no frames any more");
                Assert.True(frames.Silence < LongestGap, $"no frame came for {frames.Silence.TotalSeconds:n1} s");
                memory.Add(Stopwatch.GetElapsedTime(began).TotalMinutes, MemoryTrend.Of(program.Id));
            }
            await end.CancelAsync();
            await visits;
            string growth = memory.Judge();
            Measured.Note(FormattableString.Invariant(
                $"camera, {minutes} minutes: {frames.Count:n0} frames, at most {frames.LargestGap.TotalMilliseconds:n0} ms apart"));
            Measured.Note(FormattableString.Invariant($"camera, requests: {visitor.Answered:n0} answered, {visitor.Unanswered:n0} not"));
            Measured.Note($"camera, memory of its own: {memory}");
            Assert.Equal("", growth);
            Assert.True(frames.LargestGap < LongestGap, $"no frame came for {frames.LargestGap.TotalSeconds:n1} s");
        }
        finally
        {
            program.Kill(entireProcessTree: true);
        }
    }

    /// <summary>A video again and again at its own speed, a line of JSON for every frame.</summary>
    private static Process Start(Scratch scratch)
    {
        string video = scratch.At("video.mkv");
        Ffmpeg.Run("-f", "lavfi", "-i", "testsrc2=size=320x240:rate=30", "-t", "20", "-c:v", "ffv1", "-pix_fmt", "bgr0", video);
        return PiProgram.Start(
            $"--Camera:File={video}", "--Camera:Loop=true", "--Camera:Paced=true", "--Camera:TimeoutSeconds=60", "--Web:Port=0",
            "--Outputs:Lines=Frame", $"--Model:File={scratch.Write("model.ecnn", TestModels.Signs)}",
            $"--Model:Folder={scratch.At("state")}");
    }

    private static async Task<Uri> Page(Process program)
    {
        while (true)
        {
            string line = await program.StandardError.ReadLineAsync(Stop) ?? throw new IOException("the program ended");
            if (Regex.Match(line, "http://[0-9.:]+/") is { Success: true } address) return new Uri(address.Value);
        }
    }
}
