using System.IO;
using System.Linq;
using EdgeCnn.Tests;
using Xunit;

namespace EdgeCnn.Cli.Tests;

/// <summary>What pages say can be done.</summary>
public class PageTests
{
    public static TheoryData<string> Pages => [.. DocumentPage.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_of_a_page_is_understood(string page)
    {
        foreach (string[] command in DocumentPage.Open(page).Commands(@"edgecnn|dotnet run .*EdgeCnn\.Cli --"))
            Assert.True(CommandLine.Fault(command) is null, $"{string.Join(' ', command)}: {CommandLine.Fault(command)}");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_file_that_a_page_names_is_there(string page) =>
        Assert.All(DocumentPage.Open(page).Files(), file => Assert.True(Path.Exists(file), $"{file} is missing"));

    [Fact]
    public void Three_examples_go_from_data_to_device()
    {
        Assert.Equal(["models/dscnn-digits/README.md", "models/hand-signs/README.md", "models/lenet5/README.md"], DocumentPage.Examples);
        Assert.All(DocumentPage.Examples, page =>
        {
            DocumentPage example = DocumentPage.Open(page);
            Assert.Contains(example.Commands("edgecnn"), command => command[0] == "train");
            Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, page)).Count(), 1, 100);
        });
    }

    [Fact]
    public void A_command_with_a_mistake_is_not_understood()
    {
        string[] command = ["plan-learning", "model.ecnn", "-o", "plan.ecnn", "--layer", "all"];
        Assert.Contains("'--layer' is not known here", CommandLine.Fault(command));
        Assert.NotNull(CommandLine.Fault(["device", "run"]));
    }
}
