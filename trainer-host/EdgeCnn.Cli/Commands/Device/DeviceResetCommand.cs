using System;
using System.CommandLine;
using System.Threading;
using EdgeCnn.Cli.Devices;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Flash.Board;
using EdgeCnn.Flash.Link;

namespace EdgeCnn.Cli.Commands.Device;

/// <summary><c>edgecnn device reset</c></summary>
internal sealed class DeviceResetCommand : BoardCommand<DeviceInfoResult>
{
    private const int Attempts = 20;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    public DeviceResetCommand()
        : base("reset", "Start a board again, and show what runs then.", DeviceInfoText.Write)
    {
    }

    public override string Notes => "What was learned and not saved is gone; 'device delta save' saves it.";

    public override Example[] Examples => [new("device reset --port /dev/ttyACM0", "start again")];

    protected override DeviceInfoResult Execute(ParseResult arguments, Session session)
    {
        using (BoardClient before = Open(arguments, session)) before.Reset();
        // A port of USB goes, and comes again.
        for (int attempt = 1; ; attempt++)
        {
            session.Cancellation.WaitHandle.WaitOne(s_pause);
            session.Cancellation.ThrowIfCancellationRequested();
            try
            {
                using BoardClient board = Open(arguments, session);
                return BoardFacts.Of(board);
            }
            catch (LineException) when (attempt < Attempts)
            {
                // Not there yet.
            }
        }
    }
}
