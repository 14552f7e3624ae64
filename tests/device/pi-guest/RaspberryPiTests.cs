using System;
using System.Collections.Generic;
using System.Diagnostics;
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
    private const int Frames = 24, ButtonLine = 17, Lesson = 3;

    /// <summary>Registers of the GPIO block: set, clear, level of the lines 0 to 31.</summary>
    private const uint Set = 0x3f20001c, Clear = 0x3f200028, Level = 0x3f200034;

    private static readonly int[] s_outputs = [5, 6, 13, 19, 26, 12, 16, 20, 21, 4];
    private static readonly string[] s_formats = ["nv12", "i420", "gray", "rgb", "bgr"];

    [Fact]
    public void A_raspberry_pi_sees_shows_learns_and_undoes_what_the_desktop_does()
    {
        DebianKernel kernel = DebianKernel.Get();
        string card = SdCard.Make(fixture.Folder);
        string[] machine =
        [
            "-M", "raspi3b", "-dtb", kernel.DeviceTree("broadcom/bcm2837-rpi-3-b.dtb"), "-drive", $"if=sd,format=raw,file={card}",
        ];
        var time = Stopwatch.StartNew();
        using Guest guest = fixture.Start(kernel, machine, "-qtest", "pi", "vivid", "bcm2835", "sdhci_iproc");
        guest.Until("kernel up");
        Write(guest, Set, 1 << ButtonLine);
        string ready = guest.Until("ready after ");
        guest.Until("frame 3 ");
        Write(guest, Clear, 1 << ButtonLine);
        string lesson = guest.Until("learned frame ");
        Write(guest, Set, 1 << ButtonLine);
        string summary = guest.Until("frames ");
        int level = Convert.ToInt32(guest.Ask($"readl 0x{Level:x}").Split(' ')[^1], 16);
        ProgramRun run = EndOfRun(guest, 0);
        ProgramRun[] others = [.. s_formats.Select(_ => EndOfRun(guest, guest.Console.Count))];
        string undone = guest.Until("took a lesson back");
        Assert.Equal("exit code 0", guest.Until("exit code "));
        // There was one lesson only.
        Assert.Equal("exit code 1", guest.Until("exit code "));
        long bytes = new FileInfo(StaticProgram.Build("arm64")).Length;
        Measured.Note($"static program, arm64: {bytes:n0} bytes; emulated Raspberry Pi 3B: {ready}");
        Measured.Note($"emulated Raspberry Pi 3B: {summary}; the whole test {time.Elapsed.TotalSeconds:f0} s");

        Assert.Equal(Frames, run.Frames.Count);
        Assert.True(run.Frames.Select(frame => frame.Input).Distinct().Count() > 1, "the camera's picture stands still");
        Assert.NotEqual(Smoothing.None, run.Frames[^1].Shown);
        Assert.Equal(1 << s_outputs[run.Frames[^1].Shown], level & s_outputs.Sum(line => 1 << line));

        Dictionary<string, byte[]> files = SdCard.Read(card);
        Smoothing smoothing = default;
        using EdgeModel model = EdgeModel.Open(fixture.Model, new ModelOptions { Learns = true });
        smoothing.Start(model.Outputs[0].Elements);
        foreach ((string format, ProgramRun other) in s_formats.Zip(others)) other.AssertSameOn(model, files[format], smoothing);
        Assert.EndsWith($"delta 0 weights {Weights(model)}", undone, StringComparison.Ordinal);
        smoothing.Start(model.Outputs[0].Elements, 0, 100 << 8, 60 << 8);
        int learned = int.Parse(lesson.Split(' ')[2], CultureInfo.InvariantCulture);
        run.AssertSameOn(model, files["frames"], smoothing, learned, Lesson);
        Assert.EndsWith($"as {Lesson}, delta 1 weights {Weights(model)}", lesson, StringComparison.Ordinal);
        using var delta = new MemoryStream();
        model.SaveDelta(delta);
        Assert.Equal(delta.ToArray(), files["000001.delta"]);
        Assert.Equal(["000001.delta", "bgr", "frames", "gray", "i420", "nv12", "rgb"], files.Keys.Order(StringComparer.Ordinal));
    }

    private static void Write(Guest guest, uint register, int value) =>
        Assert.Equal("OK", guest.Ask($"writel 0x{register:x} 0x{value:x}"));

    /// <summary>A run whose lines begin at <paramref name="from"/>.</summary>
    private static ProgramRun EndOfRun(Guest guest, int from)
    {
        Assert.Equal("exit code 0", guest.Until("exit code "));
        return ProgramRun.Read(guest.Console.Skip(from));
    }

    private static string Weights(EdgeModel model) => $"{Learner.Hash(model.ModelPointer, model.ArenaPointer):x16}";
}
