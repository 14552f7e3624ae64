using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EdgeCnn.Cli.Terminal;

/// <summary>A command line to imitate.</summary>
/// <param name="Arguments">What follows the tool's name.</param>
/// <param name="Purpose">What it is good for.</param>
internal readonly record struct Example(string Arguments, string Purpose);

/// <summary>A command whose help ends in notes and examples.</summary>
internal interface IHasExamples
{
    /// <summary>What there is to know besides, or nothing.</summary>
    string Notes { get; }

    Example[] Examples { get; }
}

/// <summary>The usual help and, at its end, the command's notes and examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not IHasExamples command)
            return code;
        var output = parseResult.InvocationConfiguration.Output;
        if (command.Notes.Length > 0)
            output.WriteLine($"Notes:\n  {command.Notes.ReplaceLineEndings("\n  ")}\n");
        output.WriteLine("Examples:");
        foreach (Example example in command.Examples)
        {
            output.WriteLine($"  # {example.Purpose}");
            output.WriteLine($"  {CommandLine.ToolName} {example.Arguments}");
        }
        output.WriteLine();
        return code;
    }
}
