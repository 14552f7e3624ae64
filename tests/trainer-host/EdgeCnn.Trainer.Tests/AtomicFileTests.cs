using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Trainer.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_failed_write_leaves_what_was_there_and_nothing_else()
    {
        string path = _folder.Write("model", 1, 2, 3);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(9);
            throw new InvalidOperationException();
        }));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_link_stays_a_link_and_its_target_is_written()
    {
        string target = _folder.Write("target", 1), link = Path.Combine(_folder.Path, "link");
        File.CreateSymbolicLink(link, target);
        AtomicFile.Write(link, new byte[] { 7 });
        Assert.Equal(target, File.ResolveLinkTarget(link, returnFinalTarget: true)!.FullName);
        Assert.Equal([7], File.ReadAllBytes(target));
    }

    [Fact]
    public void A_pipe_a_device_a_folder_and_a_read_only_file_are_refused()
    {
        string pipe = Path.Combine(_folder.Path, "pipe"), kept = _folder.Write("kept", 1);
        using (Process made = Process.Start("mkfifo", pipe)) made.WaitForExit();
        File.SetAttributes(kept, FileAttributes.ReadOnly);
        string[] reasons = [.. new[] { pipe, "/dev/null", _folder.Path, kept }.Select(
            path => Assert.ThrowsAny<IOException>(() => AtomicFile.Write(path, new byte[] { 7 })).Message)];
        Assert.Contains("this is a pipe", reasons[0], StringComparison.Ordinal);
        Assert.Contains("this is a device", reasons[1], StringComparison.Ordinal);
        Assert.Contains("a folder is in the way", reasons[2], StringComparison.Ordinal);
        Assert.Contains("is read-only", reasons[3], StringComparison.Ordinal);
        Assert.Equal([1], File.ReadAllBytes(kept));
    }

    public void Dispose() => _folder.Dispose();
}
