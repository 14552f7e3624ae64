using System.Linq;
using System.Text.Json;
using EdgeCnn.Cli.Tests.Support;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Export;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class SelfTestTests(TrainedModel trained)
{
    [Fact]
    public void A_good_model_passes_every_operator()
    {
        Outcome outcome = Tool.Run("selftest", trained.Model, "--json");
        Assert.Equal(0, outcome.ExitCode);
        Assert.True(outcome.Json.GetProperty("passed").GetBoolean());
        Assert.All(outcome.Json.GetProperty("operators").EnumerateArray(), test =>
            Assert.Equal(test.GetProperty("expected").GetString(), test.GetProperty("hash").GetString()));
    }

    [Fact]
    public void A_model_that_expects_another_hash_fails_at_that_operator_with_exit_code_1()
    {
        const int Operator = 1;
        using var scratch = new Scratch();
        byte[] file = trained.Bytes();
        using (EdgeModel model = EdgeModel.Open(file))
            file[model.Info.Sections.Single(section => section.Type == SectionType.Test).Offset + 8 + 8 * Operator] ^= 1;
        ModelSeal.Apply(file);
        string path = scratch.Write("altered.ecnn", file);

        Outcome outcome = Tool.Run("selftest", path, "--json");
        Assert.Equal(1, outcome.ExitCode);
        Assert.False(outcome.Json.GetProperty("passed").GetBoolean());
        Assert.Equal([true, false, true, true],
            outcome.Json.GetProperty("operators").EnumerateArray().Select(test => test.GetProperty("passed").GetBoolean()));

        Outcome text = Tool.Run("selftest", path);
        Assert.Equal(1, text.ExitCode);
        Assert.Contains("first difference at operator 1", text.Output);
    }
}
