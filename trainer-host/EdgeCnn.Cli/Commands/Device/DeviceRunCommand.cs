using System;
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

/// <summary><c>edgecnn device run --model FILE --input FILE</c></summary>
internal sealed class DeviceRunCommand : BoardCommand<DeviceRunResult>
{
    private readonly Option<string?> _model = BoardModel.Option(required: true);
    private readonly Option<string[]> _inputs = InputTensors.Option(required: true);
    private readonly Option<string[]> _outputs = TensorSinks.Option();

    public DeviceRunCommand()
        : base("run", "Let a board's model run on a file: one result per image.", DeviceTexts.Write)
    {
        Add(_model);
        Add(_inputs);
        Add(_outputs);
    }

    public override string Notes =>
        $"""
        Files are those of '{CommandLine.ToolName} run'. Preprocessing is done here, the board gets the tensor.
        What the board has learned counts.
        """;

    public override Example[] Examples =>
    [
        new("device run --port /dev/ttyACM0 --model model.ecnn --input photo.jpg", "classify a picture"),
        new("device run --port tcp:localhost:7007 -m model.ecnn -i digit.bin -o scores.bin --json", "a raw tensor in, a raw tensor out"),
    ];

    protected override DeviceRunResult Execute(ParseResult arguments, Session session)
    {
        string path = arguments.GetRequiredValue(_model)!;
        using EdgeModel model = ModelPath.Open(path);
        string[] inputs = arguments.GetRequiredValue(_inputs), outputs = arguments.GetValue(_outputs) ?? [];
        IReadOnlyList<InputTensors> files = InputTensors.ReadAll(inputs, _inputs, model);
        if (outputs.Length > 0) InputTensors.Require(outputs, _outputs, model.Outputs, "output");
        var sinks = new TensorSinks(model, outputs, layerFolder: null, [path, .. inputs]);
        using BoardClient board = Open(arguments, session);
        BoardModel.RequireRuns(board, model, path);
        var ticks = new List<uint>();
        var results = new List<OutputResult>();
        session.WithProgress("running", files[0].Count, run =>
        {
            ModelRuns.Fill(model, files, run);
            BoardModel.SendInputs(board, model);
            ticks.Add(board.Run());
            for (int i = 0; i < model.Outputs.Count; i++)
                board.Output(i, model.Outputs[i].ByteCount).CopyTo(model.Bytes(model.Outputs[i]));
            results.AddRange(model.Outputs.Select(output => ModelRuns.Winner(model, output, run)));
            sinks.AddOutputs(model);
        });
        sinks.Write();
        return new DeviceRunResult(board.Port, model.Info.ModelId, ticks.Count, board.Info.TicksPerSecond, ticks, results);
    }
}
