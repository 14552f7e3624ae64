using System;
using System.CommandLine;
using System.Linq;
using EdgeCnn.Cli.Terminal;
using Spectre.Console;

namespace EdgeCnn.Cli.Commands;

/// <summary>
/// A command makes a result and nothing else: printing it, as text or JSON, and turning failures into exit codes is the same for all.
/// </summary>
internal abstract class ToolCommand<TResult> : Command, IHasExamples
{
    private readonly Action<IAnsiConsole, TResult> _asText;

    protected ToolCommand(string name, string description, Action<IAnsiConsole, TResult> asText)
        : base(name, description)
    {
        _asText = asText;
        SetAction(Invoke);
    }

    /// <inheritdoc/>
    public virtual string Notes => "";

    /// <inheritdoc/>
    public abstract Example[] Examples { get; }

    /// <summary>Does the work.</summary>
    protected abstract TResult Execute(ParseResult arguments, Session session);

    /// <summary>Whether the result is what the user hoped for; if not, the exit code is 1.</summary>
    protected virtual bool Passed(TResult result) => true;

    private int Invoke(ParseResult arguments)
    {
        using var interrupt = new Interrupt();
        InvocationConfiguration streams = arguments.InvocationConfiguration;
        var session = new Session(streams.Output, streams.Error, arguments.GetValue(CommandLine.Json), interrupt.Token);
        try
        {
            if (arguments.Tokens.Any(token => token.Value.Length == 0))
                throw new UsageException($"An argument is empty. See '{CommandLine.NameOf(this)} --help'.");
            TResult result = Execute(arguments, session);
            session.Write(result, _asText);
            return Passed(result) ? ErrorHandler.Done : ErrorHandler.Refused;
        }
        catch (OperationCanceledException ended)
        {
            session.WriteError(ended is InterruptedException ? ended.Message : "interrupted; nothing was written");
            return interrupt.ExitCode;
        }
        catch (Exception failure)
        {
            return ErrorHandler.Report(session, failure);
        }
    }
}
