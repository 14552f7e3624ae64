namespace EdgeCnn.Benchmarks.Training;

/// <summary>What is measured: full training steps of a network.</summary>
/// <param name="Network">Its name, which is a file in Networks/ and a class in pytorch.py.</param>
/// <param name="Batch">Samples of a mini-batch.</param>
/// <param name="Threads">Threads to work with.</param>
internal sealed record Contest(string Network, int Batch, int Threads);
