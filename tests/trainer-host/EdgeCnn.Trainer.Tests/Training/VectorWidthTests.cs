using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.Intrinsics;
using System.Threading.Tasks;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Recipes;
using Xunit;

namespace EdgeCnn.Tests.Training;

/// <summary>Trains in a process of its own whose vector instructions are switched off, and compares the weights.</summary>
public class VectorWidthTests
{
    private const string ChildVariable = "EDGECNN_VECTOR_WIDTH_CHILD";

    [Theory]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Weights_have_the_same_bits_without_wide_vectors(string disabled)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(VectorWidthTests).Assembly.Location);
        var result = Path.GetTempFileName();
        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(VectorWidthTests).FullName}.{nameof(Child_writes_the_hash_of_its_weights)}");
        start.Environment[disabled] = "0";
        start.Environment[ChildVariable] = result;
        using var child = Process.Start(start)!;
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        var report = await File.ReadAllLinesAsync(result, TestContext.Current.CancellationToken);
        File.Delete(result);
        Assert.True(report.Length == 2, output);
        Assert.Equal("False", report[0]);
        Assert.Equal(HashOfShortTraining(), report[1]);
    }

    [Fact]
    public void Child_writes_the_hash_of_its_weights()
    {
        var path = Environment.GetEnvironmentVariable(ChildVariable);
        Assert.SkipWhen(path is null, "runs only in the process that another test starts");
        var hash = HashOfShortTraining();
        File.WriteAllLines(path, [Vector256.IsHardwareAccelerated.ToString(), hash]);
        Assert.NotEqual("", hash);
    }

    private static string HashOfShortTraining()
    {
        Recipe[] recipes = [TrainingRun.Recipe("drawn-digits"), TrainingRun.Residual(batch: 20), TrainingRun.Winograd(batch: 20)];
        var hashes = recipes.Select(recipe => TrainingRun.Hash(TrainingRun.Of<float>(recipe, DrawnDigits.Draw(2, 0, 40), 1, 2).Network));
        return string.Join(' ', hashes.Select(hash => hash.ToString("x16", CultureInfo.InvariantCulture)));
    }
}
