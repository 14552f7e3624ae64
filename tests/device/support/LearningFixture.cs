using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Learning;

namespace EdgeCnn.Device.Tests;

/// <summary>LeNet-5 with a plan to learn all its layers, samples for it, and what every build of the runtime must have learned from them.</summary>
public sealed class LearningFixture : IDisposable
{
    /// <summary>Number of samples.</summary>
    public const int SampleCount = 1000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgecnn-learning-");

    /// <summary>Plans, draws, learns.</summary>
    public LearningFixture()
    {
        Model = LearningPlanner.Apply(File.ReadAllBytes(Path.Combine(Repository.Root, "models", "lenet5", "model.ecnn")), new LearningSettings());
        ModelPath = Path.Combine(_folder.FullName, "model.ecnn");
        File.WriteAllBytes(ModelPath, Model);
        Dataset digits = DrawnDigits.Draw(7, 0, SampleCount);
        using EdgeModel desktop = EdgeModel.Open(Model, new ModelOptions { Learns = true });
        for (int i = 0; i < SampleCount; i++)
        {
            desktop.SetPixels(digits.Image(i));
            Samples.Add((MemoryMarshal.AsBytes(desktop.Input).ToArray(), digits.Labels[i]));
            desktop.Learn(digits.Labels[i]);
            unsafe
            {
                Hashes.Add(Learner.Hash(desktop.ModelPointer, desktop.ArenaPointer));
            }
        }
    }

    /// <summary>The model file's bytes.</summary>
    public byte[] Model { get; }

    /// <summary>The model file.</summary>
    public string ModelPath { get; }

    /// <summary>Raw input tensors and their classes.</summary>
    public IList<(byte[] Input, byte Label)> Samples { get; } = [];

    /// <summary>The hash of everything learned, after each sample.</summary>
    public IList<ulong> Hashes { get; } = [];

    /// <summary>A folder with the first samples as the learner firmware reads them.</summary>
    public string FolderOf(int samples)
    {
        DirectoryInfo folder = _folder.CreateSubdirectory($"{samples}");
        using FileStream file = File.Create(Path.Combine(folder.FullName, "samples.bin"));
        for (int i = 0; i < samples; i++)
        {
            file.Write(Samples[i].Input);
            file.WriteByte(Samples[i].Label);
        }
        return folder.FullName;
    }

    /// <inheritdoc />
    public void Dispose() => _folder.Delete(recursive: true);
}
