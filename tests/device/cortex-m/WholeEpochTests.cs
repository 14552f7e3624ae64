using System;
using System.IO;
using System.Runtime.InteropServices;
using EdgeCnn.Managed;
using EdgeCnn.Tests;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Learning;
using EdgeCnn.Trainer.Recipes;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>LeNet-5 trained on the device alone: from random weights, in integers, on all of MNIST once.</summary>
public sealed class WholeEpochTests
{
    private const double Rate = 1 / 128.0;

    [Fact]
    public unsafe void An_epoch_from_random_weights_on_a_Cortex_M4_is_the_desktops()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("EDGECNN_LONG_TESTS") == "1", "takes ten minutes: set EDGECNN_LONG_TESTS=1");
        string folder = Path.Combine(Repository.Shared, "data", "mnist");
        Assert.SkipUnless(Directory.Exists(folder), $"{folder} is not there; EDGECNN_SHARED names the folder with the shared data");
        Recipe recipe = Recipe.Load(
            Path.Combine(Repository.Root, "tests", "benchmarks", "EdgeCnn.Benchmarks.Learning", "lenet5.json"));
        DataSplit mnist = new IdxFolder().Load(new DataRequest(recipe.Classes, recipe.Input) { Folder = folder });
        DirectoryInfo work = Directory.CreateTempSubdirectory("edgecnn-epoch-");
        try
        {
            byte[] model = LearningPlanner.Apply(UntrainedModel.Make(recipe, seed: 1, mnist.Train), new LearningSettings { Rate = Rate });
            string path = Path.Combine(work.FullName, "model.ecnn");
            File.WriteAllBytes(path, model);
            using EdgeModel desktop = EdgeModel.Open(model, new ModelOptions { Learns = true });
            int right = Learn(desktop, mnist.Train, Path.Combine(work.FullName, "samples.bin"));
            ulong hash = Learner.Hash(desktop.ModelPointer, desktop.ArenaPointer);

            var firmware = new Firmware("mps2-an386", path) { Program = "learner", Folder = work.FullName, RunLimit = TimeSpan.FromHours(1) };
            CommandResult run = firmware.Run();

            Assert.Equal($"samples {mnist.Train.Count} right {right} hash {hash:x16}\n", run.Output);
            Measured.Note(FormattableString.Invariant(
                $"mps2-an386: an epoch of MNIST from random weights, {100 * IntegerEvaluator.Accuracy(desktop, mnist.Test):f2} % of the test images; weights are the desktop's"));
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static int Learn(EdgeModel model, Dataset images, string samples)
    {
        using FileStream file = File.Create(samples);
        int right = 0;
        for (int i = 0; i < images.Count; i++)
        {
            model.SetPixels(images.Image(i));
            file.Write(MemoryMarshal.AsBytes(model.Input));
            file.WriteByte(images.Labels[i]);
            if (model.Learn(images.Labels[i]) == images.Labels[i]) right++;
        }
        return right;
    }
}
