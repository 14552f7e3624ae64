using System.CommandLine;
using System.IO;
using System.Text;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Cli.Training;
using EdgeCnn.Managed;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Report;
using EdgeCnn.Trainer.Report.Page;
using EdgeCnn.Trainer.Training;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn report RUN</c></summary>
internal sealed class ReportCommand : ToolCommand<ReportResult>
{
    private const string PageFile = "report.html";

    private readonly Argument<string> _run = new("RUN") { Description = "The folder that 'train' wrote" };
    private readonly Option<string?> _data = TrainingOptions.Data();
    private readonly Option<int?> _images = TrainingOptions.Images();
    private readonly Option<int> _threads = TrainingOptions.Threads();
    private readonly Option<string?> _out = new("--out") { Description = $"The page; by default RUN/{PageFile}", HelpName = "FILE" };

    private readonly Option<string?> _charts = new("--charts")
    {
        Description = "Writes the charts of accuracy and answers as SVG files besides",
        HelpName = "DIR",
    };

    public ReportCommand()
        : base("report", "Write a page about a training: curves, answers, mistakes, kernels, quantization, memory.", ReportText.Write)
    {
        Add(_run);
        Add(_data);
        Add(_images);
        Add(_threads);
        Add(_out);
        Add(_charts);
    }

    public override string Notes =>
        """
        The page is one HTML file for any browser, with nothing to load from anywhere.
        The images are the test images of the recipe.
        """;

    public override Example[] Examples =>
    [
        new("report out/drawn-digits", "the demo's model"),
        new("report out/lenet5 --data MNIST --out lenet5.html", "the same for a recipe that reads files"),
    ];

    protected override ReportResult Execute(ParseResult arguments, Session session)
    {
        string folder = InputPath.OfFolder(arguments.GetRequiredValue(_run), "what 'train' wrote");
        string model = InputPath.OfFile(Path.Combine(folder, ModelBuild.ModelFile), "folder of a finished training");
        string network = InputPath.OfFile(Path.Combine(folder, ModelBuild.FloatFile), "folder with a float network");
        string log = Path.Combine(folder, TrainingFiles.LogFile), page = arguments.GetValue(_out) ?? Path.Combine(folder, PageFile);
        OutputFolder output = OutputFolder.Of(page, model, network, log);
        OutputFolder? charts = arguments.GetValue(_charts) is { } chartFolder ? new OutputFolder(chartFolder, ReportCharts.Names) : null;
        SavedNetwork saved = NetworkSerializer.Load(network);
        Dataset images = DataLoading.Load(saved.Recipe, arguments.GetValue(_data), session).Test;
        if (arguments.GetValue(_images) is { } most && most < images.Count)
            images = images.Slice(0, most);
        session.Cancellation.ThrowIfCancellationRequested();
        RunReport report = Measure(saved, model, log, images, arguments.GetValue(_threads));
        output.Create();
        byte[] html = Encoding.UTF8.GetBytes(ReportPage.Write(report));
        AtomicFile.Write(page, html);
        if (charts is not null)
            WriteCharts(report, charts);
        return new ReportResult(
            page, html.Length, report.History.Count, images.Count, report.Answers.Mistakes.Count, report.Comparison.FloatAccuracy,
            report.Comparison.Int8Accuracy)
        {
            Integers = report.Integers,
        };
    }

    private static void WriteCharts(RunReport report, OutputFolder folder)
    {
        folder.Create();
        foreach (var (name, svg) in ReportCharts.Of(report))
            AtomicFile.Write(folder.File(name), Encoding.UTF8.GetBytes(svg));
    }

    private static RunReport Measure(SavedNetwork saved, string model, string log, Dataset images, int threads)
    {
        try
        {
            return RunReport.Of(saved, File.ReadAllBytes(model), File.Exists(log) ? RunLog.Load(log) : [], images, threads);
        }
        catch (ExportException different)
        {
            throw new RefusedException($"{model} and {ModelBuild.FloatFile} beside it don't belong together: {different.Message}");
        }
    }
}
