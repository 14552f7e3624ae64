using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Cli.Training;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Learning;
using EdgeCnn.Trainer.Report;
using EdgeCnn.Trainer.Report.Charts;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn compare MODEL</c></summary>
internal sealed class CompareCommand : ToolCommand<CompareResult>
{
    private const string FloatFile = "float network (.ecfloat) with --float; 'train' writes it beside the model";

    private readonly Argument<string> _model = ModelPath.Argument();
    private readonly Option<string?> _data = TrainingOptions.Data();
    private readonly Option<int?> _images = TrainingOptions.Images();
    private readonly Option<int> _threads = TrainingOptions.Threads();
    private readonly Option<string?> _float = new("--float")
    {
        Description = "The float network; by default the .ecfloat file beside the model, of the same name",
        HelpName = "FILE",
    };

    private readonly Option<string?> _learn = new("--learn")
    {
        Description = "Also let both learn the recipe's training images, and draw their accuracies here (SVG); the model has a plan for it",
        HelpName = "FILE",
    };
    private readonly Option<int> _steps = LearningOptions.Steps("Images that both learn with --learn");
    private readonly Option<double> _rate = LearningOptions.Real("--rate", "Step size of the float network with --learn", 0.005, 1e-9, 1000);

    public CompareCommand()
        : base("compare", "Compare a model with its float network on the same unseen images, layer by layer.", CompareText.Write)
    {
        Add(_model);
        Add(_data);
        Add(_float);
        Add(_images);
        Add(_threads);
        Add(_learn);
        Add(_steps);
        Add(_rate);
    }

    public override string Notes =>
        """
        SQNR = 10 log10(sum of float^2 / sum of (float - dequantized)^2); max error is in real units.
        A layer's error contains those of the layers before it.
        The images are the test images of the recipe that the float network's file holds.
        """;

    public override Example[] Examples =>
    [
        new("compare out/drawn-digits/model.ecnn", "what quantization cost the demo's model"),
        new("compare learning.ecnn --float out/lenet5/model.ecfloat --learn curves.svg", "how both learn"),
        new("compare out/lenet5/model.ecnn --data MNIST --images 1000 --json", "the same for a recipe that reads files"),
    ];

    protected override CompareResult Execute(ParseResult arguments, Session session)
    {
        string path = arguments.GetRequiredValue(_model);
        using EdgeModel model = ModelPath.Open(path);
        string floatPath = arguments.GetValue(_float) ?? FloatNetwork.Beside(path);
        SavedNetwork saved = NetworkSerializer.Load(InputPath.OfFile(floatPath, FloatFile));
        Comparison comparison = Match(path, floatPath, saved);
        string? chart = arguments.GetValue(_learn);
        OutputFolder? folder = chart is null ? null : OutputFolder.Of(chart, path, floatPath);
        DataSplit data = DataLoading.Load(saved.Recipe, arguments.GetValue(_data), session);
        Dataset images = data.Test;
        if (arguments.GetValue(_images) is { } most && most < images.Count)
            images = images.Slice(0, most);
        session.Cancellation.ThrowIfCancellationRequested();
        ComparisonReport report = comparison.Run(images, arguments.GetValue(_threads));
        return new CompareResult(
            path, floatPath, model.Info.ModelId, report.Images, report.FloatAccuracy, report.Int8Accuracy, report.Agreement, report.Layers)
        {
            Integers = IntegerKind.Of(model),
            Learning = chart is null ? null : Learn(path, floatPath, chart, folder!, data.Train, images, arguments, session),
        };
    }

    private LearningComparison Learn(
        string path, string floatPath, string chart, OutputFolder folder, Dataset samples, Dataset images, ParseResult arguments, Session session)
    {
        EdgeModel model = Learners.Open(path, new ModelOptions());
        using var integers = new IntegerLearner(model);
        using FloatLearner floats = Learners.Float(path, model, floatPath, arguments.GetValue(_rate));
        var curve = new LearningCurve(samples, images, arguments.GetValue(_steps), seed: 1);
        void Seen(CurvePoint point) => session.Messages.Profile.Out.Writer.WriteLine(LearnText.Line(point));
        var result = new LearningComparison(
            chart, curve.Run(integers, Seen, session.Cancellation), curve.Run(floats, Seen, session.Cancellation));
        folder.Create();
        Series Line(string name, IReadOnlyList<CurvePoint> points) => new(name, [.. points.Select(point => ((double)point.Step, point.Accuracy))]);
        string picture = new LineChart("accuracy", percent: true, unit: "step").Draw(Line("integer", result.Integer), Line("float", result.Float));
        AtomicFile.Write(chart, Encoding.UTF8.GetBytes(picture));
        return result;
    }

    private static Comparison Match(string path, string floatPath, SavedNetwork saved)
    {
        try
        {
            return new Comparison(File.ReadAllBytes(path), saved.Network, saved.Recipe.Normalization);
        }
        catch (ExportException different)
        {
            throw new RefusedException($"{path} and {floatPath} don't belong together: {different.Message}");
        }
    }
}
