using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
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

    [Fact]
    public async Task Memory_stays_and_frames_go_on()
    {
        string? minutes = Environment.GetEnvironmentVariable("EDGECNN_SOAK");
        Assert.SkipUnless(minutes is { Length: > 0 }, "takes as many minutes as EDGECNN_SOAK says");
        using var scratch = new Scratch();
        Ffmpeg.Run("-f", "lavfi", "-i", "testsrc2=size=320x240:rate=30", "-t", "20", "-c:v", "ffv1", "-pix_fmt", "bgr0", scratch.At("video.mkv"));
        using Process program = PiProgram.Start(
            $"--Camera:File={scratch.At("video.mkv")}", "--Camera:Loop=true", "--Camera:Paced=true", "--Web:Port=0", "--Outputs:Lines=Frame",
            $"--Model:File={scratch.Write("model.ecnn", TestModels.Signs)}", $"--Model:Folder={scratch.At("state")}");
        try
        {
            _ = program.StandardOutput.BaseStream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
            string address = "";
            while (address.Length == 0)
                address = Regex.Match(await program.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) ?? "", "http://[0-9.:]+/").Value;
            _ = program.StandardError.BaseStream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
            var memory = new List<long>();
            using var client = new HttpClient();
            long frames = 0, began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began).TotalMinutes < double.Parse(minutes!, CultureInfo.InvariantCulture))
            {
                await Task.Delay(Pause, TestContext.Current.CancellationToken);
                string metrics = await client.GetStringAsync(new Uri(address + "metrics"), TestContext.Current.CancellationToken);
                long now = long.Parse(Regex.Match(metrics, "(?m)^edgecnn_frames_total ([0-9]+)").Groups[1].Value, CultureInfo.InvariantCulture);
                Assert.True(now > frames, $"no frame came after {frames}");
                frames = now;
                program.Refresh();
                memory.Add(program.WorkingSet64);
            }
            long early = Median(memory.Skip(memory.Count / 4).Take(memory.Count / 4)), late = Median(memory.Skip(memory.Count * 3 / 4));
            Measured.Note($"camera, soak of {minutes} minutes: {frames:n0} frames, {early >> 20} MB in its second quarter, {late >> 20} MB in its last");
            Assert.True(late <= Growth * early, $"memory grew from {early:n0} to {late:n0} bytes");
        }
        finally
        {
            program.Kill(entireProcessTree: true);
        }
    }

    private static long Median(IEnumerable<long> values) => values.Order().ElementAt(values.Count() / 2);
}
