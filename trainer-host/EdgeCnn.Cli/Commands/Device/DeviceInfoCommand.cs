using System.CommandLine;
using EdgeCnn.Cli.Devices;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Flash.Board;

namespace EdgeCnn.Cli.Commands.Device;

/// <summary><c>edgecnn device info</c></summary>
internal sealed class DeviceInfoCommand : BoardCommand<DeviceInfoResult>
{
    public DeviceInfoCommand()
        : base("info", "Show what a board is, which models it holds, and how it fared.", DeviceInfoText.Write)
    {
    }

    public override Example[] Examples =>
    [
        new("device info --port /dev/ttyACM0", "over a serial port"),
        new("device info --port tcp:192.168.1.20:7007 --json | jq .activeSlot", "over the network, for a script"),
    ];

    protected override DeviceInfoResult Execute(ParseResult arguments, Session session)
    {
        using BoardClient board = Open(arguments, session);
        return BoardFacts.Of(board);
    }
}
