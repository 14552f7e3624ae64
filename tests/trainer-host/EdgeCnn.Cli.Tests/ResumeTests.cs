using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using EdgeCnn.Cli.Tests.Support;
using EdgeCnn.Trainer.Report;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class ResumeTests
{
    private const int Kills = 20, MostCheckpoints = 8;

    /// <summary>All that a training remembers: momentum, statistics, schedule, chance, and a validation that rules listen to.</summary>
    private const string Recipe = """
        {
          "name": "interrupted",
          "data": { "kind": "drawnDigits", "train": 200, "test": 50 },
          "input": [28, 28, 1],
          "augmentation": [{ "kind": "noise", "deviation": 0.03 }],
          "classes": 10,
          "network": [
            { "kind": "conv2d", "filters": 4, "kernel": 5, "stride": 3 }, "batchNorm", "relu",
            { "kind": "dropout", "rate": 0.2 },
            { "kind": "fullyConnected", "units": 10 },
          ],
          "loss": "softmaxCrossEntropy",
          "optimizer": "adam",
          "schedule": { "kind": "plateau", "then": { "kind": "cosine", "rate": 0.005 }, "factor": 0.5, "patience": 1 },
          "stop": [{ "kind": "patience", "epochs": 1000 }],
          "validationShare": 0.2,
          "batch": 32,
          "epochs": 100,
        }
        """;

    [Fact]
    public void Killed_twenty_times_a_training_comes_to_the_bits_of_one_that_was_left_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "an open file can't be replaced there");
        using var scratch = new Scratch();
        string recipe = scratch.Write("recipe.json", Recipe);
        Assert.Equal(0, Tool.Run("train", recipe, "--out", scratch.At("whole"), "--threads", "1").ExitCode);

        var random = new Random(1);
        for (int kill = 0; kill < Kills; kill++)
        {
            string[] resume = kill == 0 ? [] : ["--resume"];
            using Process training = Tool.Start(
                scratch.Folder, ["train", recipe, "--out", "killed", "--checkpoint", "0", "--threads", "2", .. resume]);
            AwaitCheckpoints(training, scratch.At("killed", "checkpoint"), random.Next(1, MostCheckpoints));
            Thread.Sleep(TimeSpan.FromMilliseconds(4 * random.NextDouble()));
            training.Kill();
            training.WaitForExit();
            Assert.False(File.Exists(scratch.At("killed", "model.ecnn")));
        }

        Outcome last = Tool.RunIn(scratch.Folder, "train", recipe, "--out", "killed", "--resume");
        Assert.True(last.ExitCode == 0, last.Error);
        AssertSameFiles(scratch);
        Assert.Equal(Directory.GetFiles(scratch.At("whole")).Length, Directory.GetFiles(scratch.At("killed")).Length);
    }

    [Theory]
    [InlineData("checkpoint.aware", "{ \"aware\": { \"epochs\": 40 } }")]
    [InlineData("checkpoint.int4", "{ \"int4\": { \"keepEnds\": false, \"aware\": { \"epochs\": 40 }, \"drop\": 100 } }")]
    public void Killed_in_a_quantization_aware_part_a_training_goes_on_there_to_the_same_bits(string checkpoint, string quantization)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "an open file can't be replaced there");
        using var scratch = new Scratch();
        string recipe = scratch.Write("recipe.json", Recipe
            .Replace("\"epochs\": 100", "\"epochs\": 2", StringComparison.Ordinal)
            .Replace("\"batch\"", $"\"quantization\": {quantization}, \"batch\"", StringComparison.Ordinal));
        Assert.Equal(0, Tool.Run("train", recipe, "--out", scratch.At("whole")).ExitCode);

        var random = new Random(2);
        foreach (string[] resume in (string[][])[[], ["--resume"], ["--resume"]])
        {
            using Process training = Tool.Start(
                scratch.Folder, ["train", recipe, "--out", "killed", "--checkpoint", "0", "--threads", "2", .. resume]);
            AwaitCheckpoints(training, scratch.At("killed", checkpoint), random.Next(2, MostCheckpoints));
            training.Kill();
            training.WaitForExit();
        }

        Outcome last = Tool.RunIn(scratch.Folder, "train", recipe, "--out", "killed", "--resume");
        Assert.True(last.ExitCode == 0, last.Error);
        // What a run that begins in the middle prints first is not the first epoch.
        Assert.DoesNotContain("epoch  1/40", last.Output + last.Error);
        AssertSameFiles(scratch);
        Assert.Equal(Directory.GetFiles(scratch.At("whole")).Length, Directory.GetFiles(scratch.At("killed")).Length);
    }

    [Fact]
    public void An_interrupted_training_is_not_begun_again_unasked()
    {
        using var scratch = new Scratch();
        string recipe = Interrupt(scratch);
        Outcome outcome = Tool.Run("train", recipe, "--out", scratch.At("out"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Matches(
            @"out/checkpoint: an interrupted training, epoch \d+ of 100, mini-batch \d+, is here; "
            + @"--resume goes on with it, --restart begins again\n",
            outcome.Error);
        Assert.Equal(0, Tool.Run("train", recipe, "--out", scratch.At("out"), "--restart").ExitCode);
        Assert.False(File.Exists(scratch.At("out", "checkpoint")));
    }

    [Theory]
    [InlineData("--resume --seed 5", "a training with seed 1, not 5")]
    [InlineData("--resume --epochs 5", "a training with 100 epochs, not 5")]
    [InlineData("--resume --restart", "--resume and --restart exclude each other")]
    public void Another_training_is_not_gone_on_with(string options, string reason)
    {
        using var scratch = new Scratch();
        string recipe = Interrupt(scratch);
        Outcome outcome = Tool.Run(["train", recipe, "--out", scratch.At("out"), .. options.Split(' ')]);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains(reason, outcome.Error);
        Assert.True(File.Exists(scratch.At("out", "checkpoint")));
    }

    [Fact]
    public void There_must_be_something_to_go_on_from()
    {
        using var scratch = new Scratch();
        Outcome outcome = Tool.Run("train", scratch.Write("recipe.json", Recipe), "--resume");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("there is no checkpoint to go on from; leave out --resume to begin", outcome.Error);
    }

    /// <summary>A folder with a recipe and, in <c>out</c>, what its killed training left.</summary>
    private static string Interrupt(Scratch scratch)
    {
        string recipe = scratch.Write("recipe.json", Recipe);
        using Process training = Tool.Start(scratch.Folder, ["train", recipe, "--out", "out", "--checkpoint", "0"]);
        AwaitCheckpoints(training, scratch.At("out", "checkpoint"), 1);
        training.Kill();
        training.WaitForExit();
        return recipe;
    }

    /// <summary>Waits until a file was written so many times.</summary>
    private static void AwaitCheckpoints(Process training, string path, int count)
    {
        DateTime seen = File.GetLastWriteTimeUtc(path);
        while (count > 0)
        {
            Assert.False(training.HasExited, "the training ended before it was killed");
            DateTime now = File.GetLastWriteTimeUtc(path);
            if (now != seen)
                (seen, count) = (now, count - 1);
            Thread.Sleep(1);
        }
    }

    private static void AssertSameFiles(Scratch scratch)
    {
        IEnumerable<string> files = Directory.GetFiles(scratch.At("whole")).Select(file => Path.GetFileName(file)!);
        foreach (string file in files.Where(file => file != "card.md"))
            Assert.Equal(File.ReadAllBytes(scratch.At("whole", file)), File.ReadAllBytes(scratch.At("killed", file)));
        Assert.Equal(WithoutTime(scratch.At("whole", "card.md")), WithoutTime(scratch.At("killed", "card.md")));
    }

    /// <summary>The lines of a card that the same training writes again.</summary>
    private static IEnumerable<string> WithoutTime(string card) =>
        File.ReadLines(card).Where(line => !line.StartsWith(ModelCard.TimeRow, StringComparison.Ordinal));
}
