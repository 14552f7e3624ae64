using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Commands;
using EdgeCnn.Cli.Commands.Device;
using EdgeCnn.Cli.Terminal;

namespace EdgeCnn.Cli;

/// <summary>The tool's commands, and how a command line becomes one of them.</summary>
internal static class CommandLine
{
    private const string Description = """
        EdgeCnn: trains small convolutional networks on this computer and turns them into integer
        models that give the same bits on desktop, Raspberry Pi, Cortex-M and .NET nanoFramework.

        Exit codes: 0 done, 1 refused input or failed check, 2 wrong usage, 130 interrupted (Ctrl-C), 143 terminated.
        """;

    /// <summary>Every command understands it: one JSON document on standard output, and nothing else.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document on standard output; all else goes to standard error",
        Recursive = true,
    };

    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code of the process.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        RootCommand root = Create();
        ParseResult parsed = root.Parse(arguments.Length > 0 ? arguments : ["--help"]);
        if (parsed.Action is ParseErrorAction)
            return WrongUsage(parsed, output, error);
        return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
    }

    /// <summary>Why a command line is not understood; null when it is. Runs nothing.</summary>
    public static string? Fault(string[] arguments)
    {
        ParseResult parsed = Create().Parse(arguments);
        return parsed.Action is ParseErrorAction ? Reason(parsed) : null;
    }

    private static RootCommand Create()
    {
        var root = new RootCommand(Description)
        {
            new DemoCommand(), new DataCommand(), new TrainCommand(), new ReportCommand(), new ImportCommand(),
            new ExportOnnxCommand(), new RunCommand(), new CompareCommand(), new InspectCommand(), new SelfTestCommand(), new BenchCommand(),
            new PlanLearningCommand(), new LearnCommand(), new FlashCommand(), new DeviceCommand(), new KeysCommand(), new SignCommand(),
            new VerifyCommand(), Json,
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    /// <summary>What the user writes to reach a command.</summary>
    public static string NameOf(Command command) => string.Join(
        ' ', command.Parents.Prepend(command).OfType<Command>().Reverse().Select(part => part is RootCommand ? ToolName : part.Name));

    private static int WrongUsage(ParseResult parsed, TextWriter output, TextWriter error)
    {
        var session = new Session(output, error, parsed.GetResult(Json) is { Implicit: false });
        return ErrorHandler.Report(session, new UsageException($"{Reason(parsed)} See '{NameOf(parsed.CommandResult.Command)} --help'."));
    }

    /// <summary>What was not understood, with the nearest known word where there is one.</summary>
    private static string Reason(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.Count == 0)
            return parsed.Errors[0].Message;
        var suggestion = new StringWriter();
        ((ParseErrorAction)parsed.Action!).ShowHelp = false;
        parsed.Invoke(new InvocationConfiguration { Output = suggestion, Error = TextWriter.Null });
        const StringSplitOptions Words = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        string[] nearest = [.. suggestion.ToString().Split('\n', Words).Skip(1)];
        string unknown = $"'{parsed.UnmatchedTokens[0]}' is not known here";
        return nearest.Length == 0 ? $"{unknown}." : $"{unknown}; did you mean {string.Join(" or ", nearest)}?";
    }

    /// <summary>What the tool is called in messages and examples.</summary>
    public const string ToolName = "edgecnn";
}
