using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using EdgeCnn.Pi.Tests.Support;
using Xunit;

namespace EdgeCnn.Pi.Tests;

/// <summary>Models and lessons on a small disk that is full: a file system in memory, which root may mount.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly string _disk;
    private readonly Station? _camera;

    private Station Camera => _camera!;

    public FullDiskTests()
    {
        _disk = Directory.CreateDirectory(_scratch.At("disk")).FullName;
        bool isMounted = Environment.UserName == "root" && Tools.Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", _disk) == 0;
        Assert.SkipUnless(isMounted, "only root may mount a file system");
        _camera = new Station(
            TestModels.Teachable, settings => settings with { Model = settings.Model with { Folder = Path.Combine(_disk, "state") } });
        Camera.Frames(3);
    }

    public void Dispose()
    {
        _camera?.Dispose();
        Tools.Run("umount", _disk);
        _scratch.Dispose();
    }

    [Fact]
    public async Task A_lesson_is_not_saved_and_the_one_before_stays()
    {
        await Press(1);
        string filler = Fill();
        Assert.Contains("the disk is full", (await Assert.ThrowsAsync<IOException>(() => Press(2))).Message);
        Camera.Frames(3);
        string[] saved = await Camera.Service.Inference.Ask(
            () => Camera.Service.Models.Lessons!.List.Select(lesson => lesson.Label).ToArray());
        Assert.Equal(["1"], saved);
        File.Delete(filler);
        await Press(2);
        Assert.Equal(2, await Camera.Service.Inference.Ask(() => Camera.Service.Models.Lessons!.Newest));
    }

    [Fact]
    public async Task A_model_is_not_installed_and_the_one_that_runs_goes_on()
    {
        string filler = Fill();
        await Assert.ThrowsAsync<IOException>(() => Camera.Service.Models.Install(TestModels.Digits, "new"));
        Assert.Equal('a', Camera.Service.Models.List.Single().Slot);
        Assert.Empty(Directory.GetFiles(Camera.Folder, "*.tmp"));
        Camera.Frames(3);
        File.Delete(filler);
        await Camera.Service.Models.Install(TestModels.Digits, "new");
        Assert.Equal('b', Camera.Service.Models.List.Single(slot => slot.IsRunning).Slot);
    }

    private async Task Press(int label) => await await Camera.Service.Inference.Ask(() => Camera.Service.Models.Classroom.Press(label, 4));

    /// <summary>Takes all the room there is.</summary>
    private string Fill()
    {
        string filler = Path.Combine(_disk, "filler");
        using var file = new FileStream(filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) file.Write(new byte[512]);
        }
        catch (IOException)
        {
            return filler;
        }
    }
}
