using System;
using System.CommandLine;
using System.IO;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Cli.Training;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Report;
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

    public CompareCommand()
        : base("compare", "Compare a model with its float network on the same unseen images, layer by layer.", CompareText.Write)
    {
        Add(_model);
        Add(_data);
        Add(_float);
        Add(_images);
        Add(_threads);
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
        new("compare out/lenet5/model.ecnn --data MNIST --images 1000 --json", "the same for a recipe that reads files"),
    ];

    protected override CompareResult Execute(ParseResult arguments, Session session)
    {
        string path = arguments.GetRequiredValue(_model);
        using EdgeModel model = ModelPath.Open(path);
        string floatPath = arguments.GetValue(_float) ?? FloatNetwork.Beside(path);
        SavedNetwork saved = NetworkSerializer.Load(InputPath.OfFile(floatPath, FloatFile));
        Comparison comparison = Match(path, floatPath, saved);
        Dataset images = DataLoading.Load(saved.Recipe, arguments.GetValue(_data), session).Test;
        if (arguments.GetValue(_images) is { } most && most < images.Count)
            images = images.Slice(0, most);
        session.Cancellation.ThrowIfCancellationRequested();
        ComparisonReport report = comparison.Run(images, arguments.GetValue(_threads));
        return new CompareResult(
            path, floatPath, model.Info.ModelId, report.Images, report.FloatAccuracy, report.Int8Accuracy, report.Agreement, report.Layers)
        {
            Integers = IntegerKind.Of(model),
        };
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
