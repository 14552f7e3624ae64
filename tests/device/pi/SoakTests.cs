using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
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
    private const double Growth = 1.05;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Memory_stays_and_frames_go_on()
    {
        string? minutes = Environment.GetEnvironmentVariable("EDGECNN_SOAK");
        Assert.SkipUnless(minutes is { Length: > 0 }, "takes as many minutes as EDGECNN_SOAK says");
        using var scratch = new Scratch();
        string video = scratch.At("video.mkv");
        Ffmpeg.Run("-f", "lavfi", "-i", "testsrc2=size=320x240:rate=30", "-t", "20", "-c:v", "ffv1", "-pix_fmt", "bgr0", video);
        using Process program = PiProgram.Start(
            $"--Camera:File={video}", "--Camera:Loop=true", "--Camera:Paced=true", "--Web:Port=0", "--Outputs:Lines=Frame",
            $"--Model:File={scratch.Write("model.ecnn", TestModels.Signs)}", $"--Model:Folder={scratch.At("state")}");
        try
        {
            _ = program.StandardOutput.BaseStream.CopyToAsync(Stream.Null, Stop);
            string address = "";
            while (address.Length == 0)
                address = Regex.Match(await program.StandardError.ReadLineAsync(Stop) ?? "", "http://[0-9.:]+/").Value;
            _ = program.StandardError.BaseStream.CopyToAsync(Stream.Null, Stop);
            var memory = new List<long>();
            using var client = new HttpClient();
            long frames = 0, began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began).TotalMinutes < double.Parse(minutes!, CultureInfo.InvariantCulture))
            {
                await Task.Delay(Pause, Stop);
                string metrics = await client.GetStringAsync(new Uri(address + "metrics"), Stop);
                string number = Regex.Match(metrics, "(?m)^edgecnn_frames_total ([0-9]+)").Groups[1].Value;
                long now = long.Parse(number, CultureInfo.InvariantCulture);
                Assert.True(now > frames, $"no frame came after {frames}");
                frames = now;
                memory.Add(Memory(program));
            }
            long early = Median(memory.Skip(memory.Count / 4).Take(memory.Count / 4)), late = Median(memory.Skip(memory.Count * 3 / 4));
            Measured.Note(
                $"camera, {minutes} minutes: {frames:n0} frames; {early >> 20} MB in the second quarter, {late >> 20} MB in the last");
            Assert.True(late <= Growth * early, $"memory grew from {early:n0} to {late:n0} bytes");
        }
        finally
        {
            program.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Memory of its own, without files that it maps.</summary>
    private static long Memory(Process program)
    {
        string line = File.ReadLines($"/proc/{program.Id}/status").Single(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return 1024 * long.Parse(Regex.Match(line, "[0-9]+").Value, CultureInfo.InvariantCulture);
    }

    private static long Median(IEnumerable<long> values) => values.Order().ElementAt(values.Count() / 2);
}
