using EdgeCnn.Cli.Tests.Support;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class HelpTests
{
    public static TheoryData<string> Commands => ["demo", "data", "train", "report", "run", "compare", "inspect", "selftest", "plan-learning", "learn", "sign", "verify"];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_of_every_command_ends_in_examples_of_it(string command)
    {
        Outcome outcome = Tool.Run(command, "--help");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains($"\nExamples:\n", outcome.Output);
        Assert.Contains($"\n  edgecnn {command}", outcome.Output);
        Assert.Contains("--json", outcome.Output);
    }

    [Fact]
    public void Without_arguments_the_tool_shows_its_commands()
    {
        Outcome outcome = Tool.Run();
        Assert.Equal(0, outcome.ExitCode);
        Assert.All(Commands, command => Assert.Contains($"\n  {command.Data} ", outcome.Output));
    }
}
