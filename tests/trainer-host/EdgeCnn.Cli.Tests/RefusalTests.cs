using System;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Tests.Support;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class RefusalTests(TrainedModel trained)
{
    public static TheoryData<string> Names => [.. RefusalCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_refusal_is_one_line_an_exit_code_and_no_file(string name)
    {
        bool needsReadOnly = name.Contains("read-only", StringComparison.Ordinal);
        Assert.SkipWhen(needsReadOnly && !Directory.Exists("/proc"), "there is no /proc to fail to write to");
        RefusalCase refused = RefusalCases.All[name];
        using var files = new RefusalFiles(trained);
        string[] line = refused.Arguments(files);
        string[] before = files.Entries;

        Outcome outcome = Tool.RunIn(files.Folder, [.. line, "--json"]);

        Assert.Equal(refused.ExitCode, outcome.ExitCode);
        Assert.Equal(before, files.Entries);
        string last = outcome.Error.TrimEnd('\n').Split('\n').Single(text => !text.StartsWith("epoch", StringComparison.Ordinal));
        Assert.StartsWith("error: ", last);
        Assert.Contains(refused.Reason, last);
        Assert.Equal(last["error: ".Length..], outcome.Json.GetProperty("error").GetString());
    }

    [Fact]
    public void Without_json_standard_output_stays_empty()
    {
        Outcome outcome = Tool.Run("inspect", "gone.ecnn");
        Assert.Equal("", outcome.Output);
        Assert.Equal("error: gone.ecnn: there is no such file; name the model file (.ecnn)\n", outcome.Error);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_model_is_seen_before_training()
    {
        using var files = new RefusalFiles(trained);
        Directory.CreateDirectory(Path.Combine(files.Folder, "model.ecnn"));
        Outcome outcome = Tool.Run("train", files.Small);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("model.ecnn: a folder is in the way", outcome.Error);
        Assert.DoesNotContain("epoch", outcome.Error);
    }
}
