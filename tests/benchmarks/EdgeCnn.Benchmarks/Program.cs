using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using EdgeCnn.Benchmarks;
using Perfolizer.Horology;

// In this process: nothing is built or restored for a measurement. Many short iterations, because the least of them is what counts:
// what others do on the machine only ever adds time.
ManualConfig config = DefaultConfig.Instance
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
        .WithIterationTime(TimeInterval.FromMilliseconds(20)).WithWarmupCount(3).WithIterationCount(20))
    .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(60))
    .HideColumns(Column.Error, Column.StdDev, Column.Mean, Column.Job)
    .AddColumn(StatisticColumn.Median, StatisticColumn.Min, new GigaMacsColumn());
BenchmarkSwitcher.FromAssembly(typeof(GigaMacsColumn).Assembly).Run(args, config);
