using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;
using EdgeCnn.Flash.Update;
using EdgeCnn.Tests.Boards;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace EdgeCnn.Flash.Tests.Link;

public class SerialLineTests
{
    [Fact]
    public void A_board_answers_at_the_other_end_of_a_serial_port()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pseudo-terminals of Linux stand for the port");
        using FileStream other = Open(out string path);
        using var board = new SimulatedBoard();
        Task serving = Task.Factory.StartNew(
            () => BoardServer.Carry(other, board), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        using (var client = new BoardClient(Transport.Open(path)))
        {
            new Uploader(client).Upload(SmallModels.Plain);
            Assert.Equal(SmallModels.Plain.ModelId, client.Activate(0));
        }
        Assert.True(board.FlashMemory.Span(0)[..SmallModels.Plain.Bytes.Length].SequenceEqual(SmallModels.Plain.Bytes.Span));
        // The end of a pseudo-terminal whose other end was closed is an error to its reader.
        Assert.ThrowsAny<IOException>(() => serving.GetAwaiter().GetResult());
    }

    [Fact]
    public void What_is_no_port_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ports are files on Linux and macOS");
        Assert.Contains("there is no such port", Assert.Throws<LineException>(() => Transport.Open("/dev/ttyNONE0")).Message);
        string file = Path.GetTempFileName();
        Assert.Contains("is no serial port", Assert.Throws<LineException>(() => Transport.Open(file)).Message);
        File.Delete(file);
    }

    /// <summary>Opens a pseudo-terminal.</summary>
    /// <param name="path">The end that looks like a serial port.</param>
    /// <returns>The other one.</returns>
    private static FileStream Open(out string path)
    {
        const int ReadWrite = 2, NotControlling = 0x100;
        int master = OpenPseudoTerminal(ReadWrite | NotControlling);
        Assert.True(master >= 0 && Grant(master) == 0 && Unlock(master) == 0);
        path = Marshal.PtrToStringAnsi(NameOf(master))!;
        return new FileStream(new SafeFileHandle(master, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
    }

    [DllImport("libc", EntryPoint = "posix_openpt")]
    private static extern int OpenPseudoTerminal(int flags);

    [DllImport("libc", EntryPoint = "grantpt")]
    private static extern int Grant(int master);

    [DllImport("libc", EntryPoint = "unlockpt")]
    private static extern int Unlock(int master);

    [DllImport("libc", EntryPoint = "ptsname")]
    private static extern nint NameOf(int master);
}
