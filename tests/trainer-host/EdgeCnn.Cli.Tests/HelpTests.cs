using EdgeCnn.Cli.Tests.Support;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public class HelpTests
{
    public static TheoryData<string> Commands =>
        ["demo", "data", "train", "report", "run", "compare", "inspect", "selftest", "plan-learning", "learn", "flash", "sign", "verify"];

    public static TheoryData<string> DeviceCommands =>
        ["info", "run", "probe", "selftest", "learn", "delta read", "delta save", "delta apply", "delta drop", "reset"];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_of_every_command_ends_in_examples_of_it(string command) => EndsInExamples(command);

    [Theory]
    [MemberData(nameof(DeviceCommands))]
    public void So_does_that_of_every_command_about_a_board(string command) => EndsInExamples($"device {command}");

    private static void EndsInExamples(string command)
    {
        Outcome outcome = Tool.Run([.. command.Split(' '), "--help"]);
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
