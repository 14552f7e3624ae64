using System.CommandLine;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Flash.Board;

namespace EdgeCnn.Cli.Commands.Device;

/// <summary><c>edgecnn device selftest</c></summary>
internal sealed class DeviceSelfTestCommand : BoardCommand<DeviceSelfTestResult>
{
    public DeviceSelfTestCommand()
        : base("selftest", "Let a board run the test that its model carries: is every operator's hash the expected one?", DeviceTexts.Write)
    {
    }

    public override Example[] Examples => [new("device selftest --port /dev/ttyACM0", "is the board bit-exact?")];

    protected override DeviceSelfTestResult Execute(ParseResult arguments, Session session)
    {
        using BoardClient board = Open(arguments, session);
        try
        {
            return new DeviceSelfTestResult(board.Port, Passed: true, board.SelfTest(), FailedAt: null);
        }
        catch (BoardException failed) when (failed.Status == BoardStatus.TestFailed)
        {
            return new DeviceSelfTestResult(board.Port, Passed: false, Operators: 0, failed.First);
        }
    }

    protected override bool Passed(DeviceSelfTestResult result) => result.Passed;
}
