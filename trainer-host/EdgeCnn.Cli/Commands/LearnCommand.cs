using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Cli.Training;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Learning;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn learn MODEL --data DIR --steps N -o DELTA</c></summary>
internal sealed class LearnCommand : ToolCommand<LearnResult>
{
    private const int MostTests = 1000;

    private readonly Argument<string> _model = ModelPath.Argument();
    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "The delta to write: what was learned, beside the model",
        HelpName = "FILE",
    };
    private readonly Option<string?> _data = LearningOptions.Data();
    private readonly Option<int> _steps = LearningOptions.Steps("Samples to learn, in an order drawn from the seed");
    private readonly Option<ulong?> _seed = TrainingOptions.Seed();
    private readonly Option<string[]> _deltas = DeltaPath.Option("What it has learned already; the new delta adds to it");
    private readonly Option<bool> _float = new("--float")
    {
        Description = "Let the float network (.ecfloat beside the model) learn the same samples in the same layers instead; writes nothing",
    };
    private readonly Option<double> _rate = LearningOptions.Real("--rate", "Step size of --float", 0.005, 1e-9, 1000);

    public LearnCommand()
        : base("learn", "Let a model learn as it does on a device, with the same bits.", LearnText.Write)
    {
        Add(_model);
        Add(_out);
        Add(_data);
        Add(_steps);
        Add(_seed);
        Add(_deltas);
        Add(_float);
        Add(_rate);
    }

    public override string Notes =>
        """
        The model has a plan for learning ('plan-learning' makes it). It learns training samples and is asked about
        test samples, 1,000 at most. The model file stays as it is; the delta applies to it alone.
        """;

    public override Example[] Examples =>
    [
        new("learn learning.ecnn --data samples --steps 500 -o mine.ecdelta", "500 steps of integer SGD"),
        new("learn learning.ecnn --data more --delta mine.ecdelta -o more.ecdelta", "go on; both deltas are needed then"),
        new("learn learning.ecnn --data samples --steps 500 --float --rate 0.005", "what floats would reach"),
    ];

    protected override LearnResult Execute(ParseResult arguments, Session session)
    {
        string path = arguments.GetRequiredValue(_model);
        bool isFloat = arguments.GetValue(_float);
        string? output = arguments.GetValue(_out);
        if (isFloat && output is not null) throw new UsageException("--float writes no delta; leave out --out.");
        if (!isFloat && output is null) throw new UsageException("Say where the delta goes with --out FILE.");
        string[] deltas = DeltaPath.Checked(arguments.GetValue(_deltas));
        OutputFolder? folder = output is null ? null : OutputFolder.Of(output, [path, .. deltas]);
        EdgeModel model = Learners.Open(path, new ModelOptions { Deltas = deltas });
        using var integers = new IntegerLearner(model);
        DataSplit data = LearningData.Load(path, model, arguments.GetValue(_data), session);
        Dataset test = data.Test.Count > MostTests ? data.Test.Slice(0, MostTests) : data.Test;
        int steps = arguments.GetValue(_steps);
        var curve = new LearningCurve(data.Train, test, steps, arguments.GetValue(_seed) ?? 1);
        using ISampleLearner? twin = isFloat ? Learners.Float(path, model, null, arguments.GetValue(_rate)) : null;
        var points = curve.Run(
            twin ?? integers, point => session.Messages.Profile.Out.Writer.WriteLine(LearnText.Line(point)), session.Cancellation);
        if (output is not null)
        {
            folder!.Create();
            model.SaveDelta(output);
        }
        return new LearnResult(
            path, model.Info.ModelId, output, output is null ? 0 : new FileInfo(output).Length, steps, test.Count, points);
    }
}
