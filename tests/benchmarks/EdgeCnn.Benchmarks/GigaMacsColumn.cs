using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace EdgeCnn.Benchmarks;

/// <summary>10⁹ multiply-accumulates per second, by the least time and what the benchmark's <see cref="IWork"/> says.</summary>
internal sealed class GigaMacsColumn : IColumn
{
    /// <inheritdoc/>
    public string Id => nameof(GigaMacsColumn);

    /// <inheritdoc/>
    public string ColumnName => "GMAC/s";

    /// <inheritdoc/>
    public bool AlwaysShow => true;

    /// <inheritdoc/>
    public ColumnCategory Category => ColumnCategory.Custom;

    /// <inheritdoc/>
    public int PriorityInCategory => 0;

    /// <inheritdoc/>
    public bool IsNumeric => true;

    /// <inheritdoc/>
    public UnitType UnitType => UnitType.Dimensionless;

    /// <inheritdoc/>
    public string Legend => "10⁹ multiply-accumulates per second, by the least time";

    /// <inheritdoc/>
    public bool IsAvailable(Summary summary) => true;

    /// <inheritdoc/>
    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    /// <inheritdoc/>
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        long macs = benchmarkCase.Parameters.Items.Select(item => item.Value).OfType<IWork>().Sum(work => work.Macs);
        return macs > 0 && summary[benchmarkCase]?.ResultStatistics is { } times
            ? (macs / times.Min).ToString("n1", CultureInfo.InvariantCulture)
            : "";
    }
}
