using System;
using System.CommandLine;
using System.Linq;
using EdgeCnn.Cli.Files;
using EdgeCnn.Cli.Rendering;
using EdgeCnn.Cli.Results;
using EdgeCnn.Cli.Terminal;
using EdgeCnn.Managed;
using EdgeCnn.Trainer.Report;

namespace EdgeCnn.Cli.Commands;

/// <summary><c>edgecnn bench MODEL</c></summary>
internal sealed class BenchCommand : ToolCommand<BenchResult>
{
    private readonly Argument<string> _model = ModelPath.Argument();

    private readonly Option<double> _seconds = new("--seconds")
    {
        Description = "How long to measure",
        DefaultValueFactory = _ => 2,
    };

    public BenchCommand()
        : base("bench", "Measure how fast a model runs here: each operator's time, and how near it is to this computer's ceiling.", BenchText.Write)
    {
        Add(_model);
        Add(_seconds);
    }

    public override string Notes => "EDGECNN_TILE=portable|avx2|avx512|advsimd|sdot|vnni chooses the micro-kernel; the fastest is taken without it.";

    public override Example[] Examples =>
    [
        new("bench model.ecnn", "where does the time go?"),
        new("bench model.ecnn --json | jq .microseconds", "one number, for a script"),
    ];

    protected override BenchResult Execute(ParseResult arguments, Session session)
    {
        double seconds = arguments.GetValue(_seconds);
        if (!(seconds is > 0 and <= 3600)) throw new UsageException($"--seconds must be above 0 and at most 3600, not {seconds}");
        string path = arguments.GetRequiredValue(_model);
        using EdgeModel model = ModelPath.Open(path);
        BenchmarkReport report = ModelBenchmark.Run(model, TimeSpan.FromSeconds(seconds));
        double sum = report.Operators.Sum(op => op.Microseconds);
        long macs = model.Operators.Sum(op => op.Macs);
        return new BenchResult(
            path, model.Info.ModelId, report.Tile, report.Microseconds, macs, macs / report.Microseconds / 1000, report.Ceiling,
            [
                .. report.Operators.Select(op => new OperatorBenchResult(
                    op.Operator.Index, op.Operator.Name, op.Operator.Input.Shape, op.Operator.Output.Shape, op.Microseconds,
                    op.Microseconds / sum, op.Operator.Macs, op.GigaMacs, op.GigaMacs / report.Ceiling)),
            ]);
    }
}
