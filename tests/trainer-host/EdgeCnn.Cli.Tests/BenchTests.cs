using System.Linq;
using System.Text.Json;
using EdgeCnn.Cli.Tests.Support;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class BenchTests(TrainedModel trained)
{
    [Fact]
    public void Every_operator_has_a_time_and_the_shares_add_up()
    {
        Outcome outcome = Tool.Run("bench", trained.Model, "--seconds", "0.1", "--json");
        Assert.Equal(0, outcome.ExitCode);
        JsonElement[] operators = [.. outcome.Json.GetProperty("operators").EnumerateArray()];
        Assert.Equal(4, operators.Length);
        Assert.All(operators, op => Assert.True(op.GetProperty("microseconds").GetDouble() > 0));
        Assert.Equal(1, operators.Sum(op => op.GetProperty("share").GetDouble()), 6);
        Assert.Equal(outcome.Json.GetProperty("macs").GetInt64(), operators.Sum(op => op.GetProperty("macs").GetInt64()));
        Assert.True(outcome.Json.GetProperty("ceilingGigaMacs").GetDouble() > 0);
    }

    [Fact]
    public void An_impossible_duration_is_wrong_usage() => Assert.Equal(2, Tool.Run("bench", trained.Model, "--seconds", "0").ExitCode);
}
