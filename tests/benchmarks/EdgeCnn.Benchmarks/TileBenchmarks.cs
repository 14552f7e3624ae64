using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using EdgeCnn.Managed;

namespace EdgeCnn.Benchmarks;

/// <summary>Every micro-kernel that this processor has, on products as networks have them.</summary>
public class TileBenchmarks
{
    private DotCall? _call;
    private Action _run = () => { };

    /// <summary>The shapes.</summary>
    public static IEnumerable<DotShape> Shapes => DotShape.All;

    /// <summary>The micro-kernels.</summary>
    public static IEnumerable<string> Tiles => TileChoice.Available.Select(TileChoice.Name);

    /// <summary>What is multiplied.</summary>
    [ParamsSource(nameof(Shapes))]
    public DotShape Shape { get; set; } = DotShape.All.First();

    /// <summary>By which micro-kernel.</summary>
    [ParamsSource(nameof(Tiles))]
    public string Tile { get; set; } = "";

    /// <summary>Allocates the operands.</summary>
    [GlobalSetup]
    public void Open()
    {
        _call = new DotCall(TileChoice.Of(Tile), Shape);
        _run = _call.Run;
    }

    /// <summary>Releases them.</summary>
    [GlobalCleanup]
    public void Close() => _call?.Dispose();

    /// <summary>One call.</summary>
    [Benchmark]
    public void Dot() => _run();
}
