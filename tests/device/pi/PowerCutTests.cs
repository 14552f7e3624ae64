using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using EdgeCnn.Managed;
using EdgeCnn.Pi.Models;
using EdgeCnn.Pi.Tests.Support;
using Xunit;

namespace EdgeCnn.Pi.Tests;

/// <summary>What is on the disk when the power is cut at any moment of an update.</summary>
public sealed class PowerCutTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Cut_at_every_step_of_an_update_a_whole_model_runs()
    {
        int steps = Update(_scratch.At("whole"), int.MaxValue);
        Assert.True(steps > 8, "an update has its steps");
        var running = new HashSet<char>();
        for (int cutAt = 0; cutAt < steps; cutAt++)
        {
            string folder = _scratch.At($"cut {cutAt}");
            Update(folder, cutAt);
            var slots = new Slots(folder, Disk.Own);
            Assert.Empty(Directory.GetFiles(folder, "*.tmp"));
            char slot = slots.State!.Running;
            byte[] model = File.ReadAllBytes(slots.PathOf(slot));
            Assert.Equal(slot == 'a' ? TestModels.Digits : TestModels.Teachable, model);
            running.Add(slot);
            // And the next update goes through.
            Assert.Equal(steps, Update(folder, int.MaxValue));
        }
        Assert.Equal(['a', 'b'], running.Order());
    }

    [Fact]
    public void A_full_disk_leaves_the_file_as_it_was()
    {
        var slots = new Slots(_scratch.Folder, new FullDisk());
        string path = _scratch.Write("slot-a.ecnn", [1]);
        Assert.Throws<IOException>(() => slots.Write('a', [2]));
        Assert.Equal([1], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(_scratch.Folder));
    }

    [Fact]
    public void Killed_at_any_moment_the_program_starts_again_with_a_whole_model()
    {
        string inbox = Directory.CreateDirectory(_scratch.At("inbox")).FullName, state = _scratch.At("state");
        string first = _scratch.Write("first.ecnn", TestModels.Digits);
        for (int turn = 0; turn < 4; turn++)
        {
            File.WriteAllBytes(Path.Combine(inbox, "new.ecnn"), turn % 2 == 0 ? TestModels.Teachable : TestModels.Digits);
            using Process program = PiProgram.Start(
                $"--Model:File={first}", $"--Model:Folder={state}", $"--Model:Inbox={inbox}", "--Web:Port=0");
            while (program.StandardError.ReadLine()?.Contains("the page is at", StringComparison.Ordinal) == false)
            {
                // It starts.
            }
            string before = Content(state);
            Station.Until(() => Content(state) != before, "the update began");
            Thread.Sleep(turn);
            program.Kill();
            program.WaitForExit();
            var slots = new Slots(state, Disk.Own);
            EdgeModel.Open(File.ReadAllBytes(slots.PathOf(slots.State!.Running))).Dispose();
        }
    }

    private static string Content(string folder) => string.Join(
        '\n',
        new DirectoryInfo(folder).GetFiles().Select(file => $"{file.Name} {file.LastWriteTimeUtc.Ticks}").Order(StringComparer.Ordinal));

    /// <summary>Installs a model beside the one that runs, and cuts the power before a step.</summary>
    /// <returns>Steps that were done.</returns>
    private static int Update(string folder, int cutAt)
    {
        if (!Directory.Exists(folder))
        {
            var before = new Slots(folder, Disk.Own);
            before.Write('a', TestModels.Digits);
            before.Note(new SlotState('a', IsOnTrial: false));
        }
        var disk = new CutDisk(cutAt);
        try
        {
            var slots = new Slots(folder, disk);
            slots.Write('b', TestModels.Teachable);
            slots.Note(new SlotState('b', IsOnTrial: true));
            slots.Note(new SlotState('a', IsOnTrial: false));
        }
        catch (PowerCutException)
        {
            // Nothing is done any more, as in a computer without power.
        }
        return disk.Steps;
    }

    private sealed class PowerCutException : Exception;

    /// <summary>Does so many steps; of the next one, half, and then nothing any more.</summary>
    private sealed class CutDisk(int cutAt) : Disk
    {
        public int CutAt => cutAt;

        public int Steps { get; private set; }

        internal override FileStream Create(string path)
        {
            Step();
            return new CutFile(path, this);
        }

        internal override void Rename(string from, string to)
        {
            Step();
            base.Rename(from, to);
        }

        internal override void Delete(string path)
        {
            Step();
            base.Delete(path);
        }

        private void Step()
        {
            if (Steps == cutAt) throw new PowerCutException();
            Steps++;
        }

        private sealed class CutFile(string path, CutDisk disk) : FileStream(path, FileMode.CreateNew, FileAccess.Write)
        {
            public override void Write(byte[] buffer, int offset, int count)
            {
                if (disk.Steps == disk.CutAt) base.Write(buffer, offset, count / 2);
                disk.Step();
                base.Write(buffer, offset, count);
            }

            public override void Flush(bool flushToDisk)
            {
                disk.Step();
                base.Flush(flushToDisk);
            }
        }
    }

    private sealed class FullDisk : Disk
    {
        internal override FileStream Create(string path) => new FullFile(path);

        private sealed class FullFile(string path) : FileStream(path, FileMode.CreateNew, FileAccess.Write)
        {
            public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");
        }
    }
}
