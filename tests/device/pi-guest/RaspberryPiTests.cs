using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.IO;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>
/// The static program on a whole Raspberry Pi 3B, emulated, with Debian's kernel: camera (the kernel's virtual one) through V4L2, output
/// lines and a button through the GPIO character device, a lesson, and the same on the desktop with the same frames.
/// </summary>
/// <remarks>
/// QEMU's GPIO block (BCM2835) has no wires and no interrupts: the level of a line is what was last written to its set and clear registers,
/// whoever wrote it. So the test presses the button by writing these registers from outside, and the program finds the level.
/// </remarks>
[Collection(GuestGroup.Name)]
public sealed unsafe class RaspberryPiTests(GuestFixture fixture)
{
    private const int Frames = 12, ButtonLine = 17, Lesson = 3, CardBytes = 8 << 20;

    /// <summary>Registers of the GPIO block: set, clear, level of the lines 0 to 31.</summary>
    private const uint Set = 0x3f20001c, Clear = 0x3f200028, Level = 0x3f200034;

    private static readonly int[] s_outputs = [5, 6, 13, 19, 26, 12, 16, 20, 21, 4];

    [Fact]
    public void A_raspberry_pi_sees_shows_learns_and_undoes_what_the_desktop_does()
    {
        DebianKernel kernel = DebianKernel.Get();
        string card = Path.Combine(fixture.Folder, "card.img");
        using (FileStream file = File.Create(card)) file.SetLength(CardBytes);
        string[] machine =
        [
            "-M", "raspi3b", "-dtb", kernel.DeviceTree("broadcom/bcm2837-rpi-3-b.dtb"), "-drive", $"if=sd,format=raw,file={card}",
        ];
        var time = Stopwatch.StartNew();
        using Guest guest = fixture.Start(kernel, machine, "-qtest", "pi", "vivid", "bcm2835", "sdhci_iproc");
        guest.Until("kernel up");
        guest.Ask($"writel 0x{Set:x} 0x{1 << ButtonLine:x}");
        string ready = guest.Until("ready after ");
        guest.Until("frame 3 ");
        guest.Ask($"writel 0x{Clear:x} 0x{1 << ButtonLine:x}");
        string lesson = guest.Until("learned frame ");
        guest.Ask($"writel 0x{Set:x} 0x{1 << ButtonLine:x}");
        string summary = guest.Until("frames ");
        string level = guest.Ask($"readl 0x{Level:x}");
        Assert.Equal("exit code 0", guest.Until("exit code "));
        string undone = guest.Until("took a lesson back");
        Assert.Equal("exit code 0", guest.Until("exit code "));
        // There was one lesson only.
        Assert.Equal("exit code 1", guest.Until("exit code "));
        Measured.Note($"static program, arm64: {new FileInfo(StaticProgram.Build("arm64")).Length:n0} bytes; emulated Raspberry Pi 3B: {ready}");
        Measured.Note($"emulated Raspberry Pi 3B: {summary}; the whole test {time.Elapsed.TotalSeconds:f0} s");

        CapturedFrame[] seen = [.. guest.Console.Select(CapturedFrame.Read).OfType<CapturedFrame>()];
        Assert.Equal(Enumerable.Range(0, Frames), seen.Select(frame => frame.Number));
        Assert.True(seen.Select(frame => frame.Input).Distinct().Count() > 1, "the camera's picture stands still");
        int shown = seen[^1].Shown, lines = s_outputs.Sum(line => 1 << line);
        Assert.NotEqual(Smoothing.None, shown);
        Assert.Equal(1 << s_outputs[shown], Convert.ToInt32(level.Split(' ')[^1], 16) & lines);

        Dictionary<string, byte[]> files = Untar(card);
        int learned = int.Parse(lesson.Split(' ')[2], CultureInfo.InvariantCulture);
        using EdgeModel model = EdgeModel.Open(fixture.Model, new ModelOptions { Learns = true });
        Assert.EndsWith($"delta 0 weights {Learner.Hash(model.ModelPointer, model.ArenaPointer):x16}", undone, StringComparison.Ordinal);
        Assert.Equal(seen, OnDesktop(model, files["./frames"], learned));
        Assert.EndsWith(
            $"as {Lesson}, delta 1 weights {Learner.Hash(model.ModelPointer, model.ArenaPointer):x16}", lesson, StringComparison.Ordinal);
        using var delta = new MemoryStream();
        model.SaveDelta(delta);
        Assert.Equal(delta.ToArray(), files["./000001.delta"]);
        Assert.Equal(["./000001.delta", "./frames"], files.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>The same frames, and the same lesson after frame <paramref name="learned"/>.</summary>
    private static IEnumerable<CapturedFrame> OnDesktop(EdgeModel model, byte[] frames, int learned)
    {
        var shape = new FrameShape(PixelFormat.Yuyv, 320, 180);
        Assert.Equal(Frames * shape.FrameBytes, frames.Length);
        var results = new List<CapturedFrame>();
        Classifier classifier = default;
        Smoothing smoothing = default;
        Assert.Equal(Fault.None, classifier.Open(model.ModelPointer, model.ArenaPointer, true, shape));
        smoothing.Start(classifier.Labels, 0, 100 << 8, 60 << 8);
        fixed (byte* first = frames)
        {
            for (int i = 0; i < Frames; i++)
            {
                classifier.Prepare(first + i * shape.FrameBytes);
                string input = $"{classifier.InputHash():x16}";
                int label = classifier.Run(), score = classifier.Score(label);
                results.Add(new CapturedFrame(i, input, label, score, smoothing.Add(&classifier)));
                if (i != learned) continue;
                classifier.Prepare(first + i * shape.FrameBytes);
                model.Learn(Lesson);
            }
        }
        classifier.Close();
        return results;
    }

    private static Dictionary<string, byte[]> Untar(string path)
    {
        var files = new Dictionary<string, byte[]>();
        using FileStream file = File.OpenRead(path);
        using var tar = new TarReader(file);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null) continue;
            byte[] bytes = new byte[entry.Length];
            entry.DataStream.ReadExactly(bytes);
            files.Add(entry.Name, bytes);
        }
        return files;
    }
}
