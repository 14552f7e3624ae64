using System;
using System.IO;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Learning;

namespace EdgeCnn.Device.Tests;

/// <summary>What every guest needs: Debian's kernel, the static program, and a model that learns its last layer in large steps.</summary>
public sealed class GuestFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgecnn-guest-");

    /// <summary>Folder of the guest's files.</summary>
    internal string Folder => _folder.FullName;

    /// <summary>The model: hand signs.</summary>
    internal byte[] Model { get; } = LearningPlanner.Apply(
        File.ReadAllBytes(Path.Combine(Repository.Root, "models", "hand-signs", "model.ecnn")),
        new LearningSettings { Layers = LayerChoice.Parse("last:1"), Rate = 0.05 });

    /// <summary>Starts a machine that runs the script <paramref name="test"/>.</summary>
    /// <param name="machine">Arguments of QEMU that choose and describe it.</param>
    /// <param name="socket">As of <see cref="Guest"/>.</param>
    /// <param name="test">A file of the folder guest.</param>
    /// <param name="modules">Drivers it needs.</param>
    internal Guest Start(DebianKernel kernel, string[] machine, string socket, string test, params string[] modules)
    {
        string disk = Path.Combine(Folder, test);
        var files = new RamDisk(kernel, test, modules);
        files.AddFile("bin/edgecnn-camera", StaticProgram.Build("arm64"));
        files.Add("model.ecnn", Model);
        files.Save(disk);
        // One processor is enough, and leaves the others to whoever else is at work.
        string[] boot = ["-kernel", kernel.Image, "-initrd", disk, "-append", "console=ttyAMA0 loglevel=3 panic=1 maxcpus=1"];
        return new Guest(Folder, [.. machine, .. boot], socket);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
