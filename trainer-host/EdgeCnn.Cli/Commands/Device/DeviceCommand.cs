using System;
using System.CommandLine;
using EdgeCnn.Cli.Devices;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Flash.Board;
using Spectre.Console;

namespace EdgeCnn.Cli.Commands.Device;

/// <summary><c>edgecnn device …</c></summary>
internal sealed class DeviceCommand : Command
{
    public DeviceCommand()
        : base("device", "Ask a board that carries the runtime: what it is, what its model answers, how fast, with which bits; let it learn.")
    {
        Add(new DeviceInfoCommand());
        Add(new DeviceRunCommand());
        Add(new DeviceProbeCommand());
        Add(new DeviceSelfTestCommand());
        Add(new DeviceLearnCommand());
        Add(new DeviceDeltaCommand());
        Add(new DeviceResetCommand());
    }
}

/// <summary>A command about a board.</summary>
internal abstract class BoardCommand<TResult> : ToolCommand<TResult>
{
    private readonly Option<string?> _port = BoardPort.Option(required: true);

    protected BoardCommand(string name, string description, Action<IAnsiConsole, TResult> asText)
        : base(name, description, asText) => Add(_port);

    /// <summary>The line that the user named.</summary>
    protected string Port(ParseResult arguments) => arguments.GetRequiredValue(_port)!;

    /// <summary>Opens it.</summary>
    protected BoardClient Open(ParseResult arguments, Session session) => BoardPort.Open(Port(arguments), session);
}
