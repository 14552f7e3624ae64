using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using EdgeCnn.Cli.Results;
using Spectre.Console;

namespace EdgeCnn.Cli.Terminal;

/// <summary>
/// One run of a command: where its result goes (standard output), where all else goes (standard error), and whether it shall end early.
/// </summary>
internal sealed class Session(TextWriter output, TextWriter error, bool json, CancellationToken cancellation = default)
{
    /// <summary>Width of lines that nobody looks at in a terminal: never wrapped.</summary>
    private const int Unwrapped = 1000;

    /// <summary>Progress and messages, on standard error.</summary>
    public IAnsiConsole Messages { get; } = ConsoleOn(error);

    /// <summary>Set when the user wants the command to end.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>
    /// Does <paramref name="work"/> for items 0 … <paramref name="count"/> − 1, with a bar on a terminal, until the user wants to end.
    /// </summary>
    public void WithProgress(string name, int count, Action<int> work) => WithProgress(name, count, report =>
    {
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            work(i);
            report(i + 1);
        }
        return count;
    });

    /// <summary>Does <paramref name="work"/>, which tells how much of <paramref name="total"/> is done, with a bar on a terminal.</summary>
    public TDone WithProgress<TDone>(string name, int total, Func<Action<int>, TDone> work)
    {
        if (!Messages.Profile.Out.IsTerminal) return work(_ => { });
        return Messages.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask bar = context.AddTask(name, maxValue: total);
            return work(done => bar.Value = done);
        });
    }

    /// <summary>Prints the command's result: as text, or as the one JSON document.</summary>
    public void Write<TResult>(TResult result, Action<IAnsiConsole, TResult> asText)
    {
        if (json)
            output.WriteLine(Json.Of(result));
        else
            asText(ConsoleOn(output), result);
    }

    /// <summary>Prints why the command failed: one line, and the JSON document when there has to be one.</summary>
    public void WriteError(string message) => WriteErrors([message]);

    /// <summary>The same for several reasons: a line each.</summary>
    public void WriteErrors(IReadOnlyList<string> reasons)
    {
        foreach (string reason in reasons)
        {
            Messages.Markup("[red]error:[/] ");
            error.WriteLine(reason);
        }
        if (json)
            output.WriteLine(Json.Of(new ErrorResult(string.Join(Environment.NewLine, reasons))));
    }

    /// <summary>Prints what the user should know although the command goes on.</summary>
    public void WriteWarning(FormattableString message)
    {
        Messages.Markup("[yellow]warning:[/] ");
        error.WriteLine(FormattableString.Invariant(message));
    }

    /// <summary>See no-color.org: set to anything but nothing.</summary>
    private static bool NoColor => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private static IAnsiConsole ConsoleOn(TextWriter writer)
    {
        var output = new AnsiConsoleOutput(writer);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = output,
            Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = NoColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (!output.IsTerminal)
            console.Profile.Width = Unwrapped;
        return console;
    }
}
