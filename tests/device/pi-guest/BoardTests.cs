using System;
using System.Diagnostics;
using System.Linq;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>
/// The static program on an emulated board (QEMU's "virt") whose GPIO chip (PL061) reports edges: its line 3 is the power button, which
/// QEMU presses for a tenth of a second.
/// </summary>
[Collection(GuestGroup.Name)]
public sealed class BoardTests(GuestFixture fixture)
{
    [Fact]
    public void Edges_wait_disks_fill_up_cameras_vanish_and_the_program_says_so()
    {
        DebianKernel kernel = DebianKernel.Get();
        var time = Stopwatch.StartNew();
        using Guest guest = fixture.Start(kernel, ["-M", "virt", "-cpu", "cortex-a53", "-m", "512"], "-monitor", "board", "vivid");

        // The program sleeps while the button goes down and up again: the kernel keeps both edges for it.
        guest.Until("press the button");
        guest.Ask("system_powerdown");
        Assert.Equal("exit code 0", guest.Until("exit code "));
        Assert.Contains(" as 3, delta 1 weights ", guest.Until("learned frame "), StringComparison.Ordinal);
        guest.Until("frames ");
        Assert.Single(guest.Console, line => line.StartsWith("learned frame ", StringComparison.Ordinal));

        guest.Until("edgecnn-camera: /small: the disk is full; nothing new is saved (errno 28)");
        Assert.Equal("exit code 1", guest.Until("exit code "));
        guest.Until("full");
        Assert.DoesNotContain(guest.Console, line => line.Contains(".tmp", StringComparison.Ordinal));
        guest.Until("learned frame 1 as 3, delta 1 ");
        Assert.Equal("exit code 0", guest.Until("exit code "));
        Assert.Equal("000001.delta", guest.Until("0000"));

        guest.Until("edgecnn-camera: /dev/video0: another program uses it; end that first (errno 16)");
        Assert.Equal("exit code 1", guest.Until("exit code "));
        guest.Until("edgecnn-camera: /dev/video0: the camera was unplugged (errno 19)");
        guest.Until("edgecnn-camera: /dev/video0: no such device; plug it in, or name another one (errno 2)");
        Assert.Equal("exit code 1", guest.Until("exit code "));
        Measured.Note($"emulated board with GPIO interrupts: the whole test {time.Elapsed.TotalSeconds:f0} s");
    }
}
