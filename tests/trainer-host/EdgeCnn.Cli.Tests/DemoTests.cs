using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeCnn.Cli.Tests.Support;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class DemoTests
{
    [Fact]
    public void The_demo_needs_nothing_and_leaves_an_accurate_model_in_the_current_folder()
    {
        using var scratch = new Scratch();
        Outcome outcome = Tool.RunIn(scratch.Folder, "demo", "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        JsonElement result = outcome.Json;
        double int8 = result.GetProperty("int8Accuracy").GetDouble(), real = result.GetProperty("floatAccuracy").GetDouble();
        Assert.InRange(int8, 0.95, 1);
        Assert.InRange(int8 - real, -0.005, 0.005);
        Assert.True(result.GetProperty("samplesPerSecond").GetDouble() > 0 && result.GetProperty("seconds").GetDouble() > 0);
        Assert.Equal(Path.Combine("out", "drawn-digits", "model.ecnn"), result.GetProperty("modelPath").GetString());
        Assert.Equal(new FileInfo(scratch.At("out", "drawn-digits", "model.ecnn")).Length, result.GetProperty("fileBytes").GetInt64());
        Assert.True(result.GetProperty("arenaBytes").GetInt32() > 0);
        JsonElement.ArrayEnumerator samples = result.GetProperty("samples").EnumerateArray();
        Assert.Equal(5, samples.DistinctBy(sample => sample.GetProperty("expected").GetString()).Count());
        Assert.Equal(0, Tool.RunIn(scratch.Folder, "selftest", "out/drawn-digits/model.ecnn").ExitCode);
    }
}
