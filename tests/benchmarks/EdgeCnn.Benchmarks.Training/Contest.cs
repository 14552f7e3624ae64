using System.Collections.Generic;
using System.Linq;

namespace EdgeCnn.Benchmarks.Training;

/// <summary>What is measured: full training steps of a network.</summary>
/// <param name="Network">Its name, which is a file in Networks/ and a class in pytorch.py.</param>
/// <param name="Batch">Samples of a mini-batch.</param>
/// <param name="Threads">Threads to work with.</param>
internal sealed record Contest(string Network, int Batch, int Threads)
{
    private static readonly (string Network, int Batch)[] Trainings =
        [("lenet5", 64), ("lenet5", 128), ("dscnn", 32), ("dscnn", 100), ("resnet8", 32), ("resnet8", 128)];

    /// <summary>Every training, on one and on two threads.</summary>
    public static IEnumerable<Contest> All { get; } = [.. new[] { 1, 2 }.SelectMany(
        threads => Trainings.Select(training => new Contest(training.Network, training.Batch, threads)))];
}
