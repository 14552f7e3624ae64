using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using EdgeCnn.Cli.Devices;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Inference;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Flash.Board;
using EdgeCnn.Managed;

namespace EdgeCnn.Cli.Commands.Device;

/// <summary><c>edgecnn device probe</c></summary>
internal sealed class DeviceProbeCommand : BoardCommand<DeviceProbeResult>
{
    private readonly Option<string?> _model = BoardModel.Option(required: false);
    private readonly Option<string[]> _inputs = InputTensors.Option(required: false);

    public DeviceProbeCommand()
        : base("probe", "Show every operator's time and bits on a board; with the model file, beside this computer's.", DeviceProbeText.Write)
    {
        Add(_model);
        Add(_inputs);
    }

    public override string Notes =>
        """
        Without --input the inputs are those of the model's own test; without --model what lies in the board's memory.
        The model runs as in its file, without what the board has learned.
        The first operator that differs is the one to look at: those behind it only follow. Exit code 1 says that one does.
        """;

    public override Example[] Examples =>
    [
        new("device probe --port /dev/ttyACM0", "where does the time go?"),
        new("device probe --port /dev/ttyACM0 --model model.ecnn", "does it compute this computer's bits?"),
        new("device probe --port /dev/ttyACM0 -m model.ecnn -i photo.jpg", "with this picture"),
    ];

    protected override DeviceProbeResult Execute(ParseResult arguments, Session session)
    {
        string[] inputs = arguments.GetValue(_inputs) ?? [];
        if (arguments.GetValue(_model) is not { } path)
        {
            if (inputs.Length > 0) throw new UsageException("--input belongs to a model; name it with --model FILE.");
            using BoardClient unknown = Open(arguments, session);
            return Result(unknown, unknown.Probe(), null, []);
        }
        using EdgeModel model = ModelPath.Open(path);
        if (inputs.Length == 0) TestInputs.Fill(model);
        else ModelRuns.Fill(model, InputTensors.ReadAll(inputs, _inputs, model), 0);
        using BoardClient board = Open(arguments, session);
        BoardModel.RequireRuns(board, model, path);
        BoardModel.SendInputs(board, model);
        return Result(board, board.Probe(), model, [.. model.RunProbed().Select(entry => entry.Hash)]);
    }

    protected override bool Passed(DeviceProbeResult result) => result.Equal != false;

    private static DeviceProbeResult Result(BoardClient board, IReadOnlyList<BoardProbe> found, EdgeModel? model, ulong[] expected)
    {
        if (model is not null && found.Count != expected.Length)
            throw new RefusedException($"{board.Port}: the board describes {found.Count} operators, the model has {expected.Length}; build the firmware again");
        DeviceOperatorResult[] operators =
        [
            .. found.Select((probe, i) => new DeviceOperatorResult(
                i, model?.Operators[i].Name, probe.Ticks, Hashes.Text(probe.Hash), model is null ? null : Hashes.Text(expected[i]),
                probe.Smallest, probe.Largest)),
        ];
        DeviceOperatorResult? first = model is null ? null : operators.FirstOrDefault(op => op.Hash != op.Expected);
        return new DeviceProbeResult(board.Port, board.Info.TicksPerSecond, model is null ? null : first is null, first?.Index, operators);
    }
}
