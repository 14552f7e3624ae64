using System.Globalization;
using System.Linq;
using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Rendering;

/// <summary>What <c>selftest</c> says.</summary>
internal static class SelfTestText
{
    public static void Write(IAnsiConsole console, SelfTestResult result)
    {
        Columns.Write<OperatorTestResult>(
            console, result.Operators,
            new("#", test => test.Index.ToString(CultureInfo.InvariantCulture), true),
            new("operator", test => test.Name),
            new("hash", test => test.Hash),
            new("result", test => test.Passed ? "pass" : $"FAIL, expected {test.Expected}"));
        console.MarkupLine(result.Passed
            ? "[green]passed[/]: every operator gives the expected bits"
            : $"[red]FAILED[/]: first difference at operator {result.Operators.First(test => !test.Passed).Index}");
    }
}
