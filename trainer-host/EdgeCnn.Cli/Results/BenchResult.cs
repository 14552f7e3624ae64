using System.Collections.Generic;

namespace EdgeCnn.Cli.Results;

/// <summary>How fast a model runs on this computer, on one thread.</summary>
/// <param name="ModelPath">The model file.</param>
/// <param name="ModelId">Identity of its content.</param>
/// <param name="Tile">The micro-kernel that it was laid out for.</param>
/// <param name="Microseconds">One run.</param>
/// <param name="Macs">Multiply-accumulates of one run.</param>
/// <param name="GigaMacs">10⁹ multiply-accumulates per second.</param>
/// <param name="CeilingGigaMacs">What the micro-kernel reaches here at its best.</param>
/// <param name="Operators">Each operator by itself.</param>
internal sealed record BenchResult(
    string ModelPath, string ModelId, string Tile, double Microseconds, long Macs, double GigaMacs, double CeilingGigaMacs,
    IReadOnlyList<OperatorBenchResult> Operators);

/// <summary>An operator's time, its share of the sum of all, and its speed.</summary>
internal sealed record OperatorBenchResult(
    int Index, string Name, IReadOnlyList<int> InputShape, IReadOnlyList<int> OutputShape, double Microseconds, double Share, long Macs,
    double GigaMacs, double OfCeiling);
