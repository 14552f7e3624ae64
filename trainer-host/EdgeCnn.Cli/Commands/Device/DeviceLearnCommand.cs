using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Devices;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Cli.Training;
using EdgeCnn.Flash.Board;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Learning;

namespace EdgeCnn.Cli.Commands.Device;

/// <summary><c>edgecnn device learn --model FILE --data DIR -o DELTA</c></summary>
internal sealed class DeviceLearnCommand : BoardCommand<DeviceLearnResult>
{
    private readonly Option<string?> _model = BoardModel.Option(required: true);
    private readonly Option<string?> _data = LearningOptions.Data();
    private readonly Option<int> _steps = LearningOptions.Steps("Samples to learn, in an order drawn from the seed");
    private readonly Option<ulong?> _seed = TrainingOptions.Seed();
    private readonly Option<string> _out = new("--out", "-o") { Description = "The delta to write", HelpName = "FILE", Required = true };
    private readonly Option<bool> _forget = new("--forget")
    {
        Description = "Forget first what the board has learned; this computer then learns beside it, and says whether the bits agree",
    };

    public DeviceLearnCommand()
        : base("learn", "Let a board's model learn labelled samples, one at a time, and read what it has learned.", DeviceTexts.Write)
    {
        Add(_model);
        Add(_data);
        Add(_steps);
        Add(_seed);
        Add(_out);
        Add(_forget);
    }

    public override string Notes =>
        $"""
        The model has a plan for learning ('plan-learning' makes it) and runs on the board. Samples and their order are those of
        '{CommandLine.ToolName} learn'. The board forgets when it starts again, unless 'device delta save' follows.
        """;

    public override Example[] Examples =>
    [
        new("device learn --port /dev/ttyACM0 -m learning.ecnn --data samples --steps 200 -o mine.ecdelta", "200 steps"),
        new("device learn --port /dev/ttyACM0 -m learning.ecnn --data samples -o mine.ecdelta --forget", "afresh, with this computer beside it"),
    ];

    protected override DeviceLearnResult Execute(ParseResult arguments, Session session)
    {
        string path = arguments.GetRequiredValue(_model)!, output = arguments.GetRequiredValue(_out);
        OutputFolder folder = OutputFolder.Of(output, path);
        using EdgeModel twin = Learners.Open(path, new ModelOptions());
        Dataset samples = LearningData.Load(path, twin, arguments.GetValue(_data), session).Train;
        bool afresh = arguments.GetValue(_forget);
        int steps = arguments.GetValue(_steps), right = 0;
        using BoardClient board = Open(arguments, session);
        BoardModel.RequireRuns(board, twin, path);
        if (afresh) board.Forget();
        int[] order = [.. SampleOrder.Of(samples.Count, arguments.GetValue(_seed) ?? 1).Take(steps)];
        session.WithProgress("learning", steps, step =>
        {
            int label = samples.Labels[order[step]];
            twin.SetPixels(samples.Image(order[step]));
            BoardModel.SendInputs(board, twin);
            if (board.Learn(label).Answer == label) right++;
            if (afresh) twin.Learn(label);
        });
        byte[] delta = board.ReadDelta();
        folder.Create();
        AtomicFile.Write(output, delta);
        return new DeviceLearnResult(board.Port, twin.Info.ModelId, steps, right, output, delta.Length, afresh ? Learned(twin).AsSpan().SequenceEqual(delta) : null);
    }

    protected override bool Passed(DeviceLearnResult result) => result.Equal != false;

    private static byte[] Learned(EdgeModel model)
    {
        using var delta = new MemoryStream();
        model.SaveDelta(delta);
        return delta.ToArray();
    }
}
