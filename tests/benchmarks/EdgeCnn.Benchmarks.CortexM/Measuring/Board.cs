using System.Collections.Generic;

namespace EdgeCnn.Benchmarks.CortexM.Measuring;

/// <summary>An emulated board.</summary>
/// <param name="Machine">QEMU's name, and that of the file in device/cortex-m/boards.</param>
/// <param name="Processor">Its processor, shortly.</param>
public sealed record Board(string Machine, string Processor)
{
    /// <summary>One board for each processor that firmware runs on.</summary>
    public static IReadOnlyList<Board> All { get; } =
    [
        new("mps2-an385", "M3"), new("mps2-an386", "M4"), new("mps2-an500", "M7"), new("mps2-an505", "M33"), new("mps3-an547", "M55"),
    ];

    /// <inheritdoc />
    public override string ToString() => Processor;
}
