using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using EdgeCnn.Cli.Tests.Support;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class InterruptTests
{
    private const int SigInt = 2, SigTerm = 15;

    [Theory]
    [InlineData(SigInt, 130)]
    [InlineData(SigTerm, 143)]
    public void A_signal_ends_the_training_which_says_how_to_go_on(int signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are of Unix");
        using var scratch = new Scratch();
        string recipe = scratch.Write("recipe.json", SmallRecipe.Text);
        using Process training = Tool.Start(scratch.Folder, ["train", recipe, "--epochs", "1000000", "--out", "out"]);
        Assert.StartsWith("epoch", training.StandardError.ReadLine());
        Assert.Equal(0, Kill(training.Id, signal));
        string rest = training.StandardError.ReadToEnd();
        training.WaitForExit();

        Assert.Equal(exitCode, training.ExitCode);
        Assert.Matches(
            @"error: interrupted; out/checkpoint keeps epoch \d+ of 1000000, mini-batch \d+; "
            + @"the same command with --resume goes on from there\n$",
            rest);
        Assert.Equal("", training.StandardOutput.ReadToEnd());
        Assert.Equal(["out", "out/checkpoint", "out/run.jsonl", "recipe.json"], scratch.Entries);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
