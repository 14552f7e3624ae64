using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using EdgeCnn.Managed;

namespace EdgeCnn.Benchmarks;

/// <summary>Every operator by itself, lowered for every micro-kernel that this processor has.</summary>
public class OperatorBenchmarks
{
    private EdgeModel? _model;

    /// <summary>The operators.</summary>
    public static IEnumerable<OperatorModel> Operators => OperatorModel.All;

    /// <summary>The micro-kernels.</summary>
    public static IEnumerable<string> Tiles => TileChoice.Available.Select(TileChoice.Name);

    /// <summary>A model of one operator.</summary>
    [ParamsSource(nameof(Operators))]
    public OperatorModel? Operator { get; set; }

    /// <summary>What it is lowered for.</summary>
    [ParamsSource(nameof(Tiles))]
    public string Tile { get; set; } = "";

    /// <summary>Opens the model.</summary>
    [GlobalSetup]
    public void Open() => _model = EdgeModel.Open(Operator!.File, TileChoice.Of(Tile));

    /// <summary>Releases it.</summary>
    [GlobalCleanup]
    public void Close() => _model?.Dispose();

    /// <summary>One run.</summary>
    [Benchmark]
    public void Run() => _model!.Run();
}
