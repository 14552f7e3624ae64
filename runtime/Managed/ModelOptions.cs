using System.Collections.Generic;

namespace EdgeCnn.Managed;

/// <summary>How a model is opened.</summary>
public sealed record ModelOptions
{
    /// <summary>The most threads that a model may have.</summary>
    public const int MaxThreads = 256;

    /// <summary>Threads that share the images of <see cref="EdgeModel.RunBatch"/>, the caller's own included: 1 (no other thread) to
    /// <see cref="MaxThreads"/>. The results are the same for any number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether the model is to learn: it has memory for it then, and its weights are its own.</summary>
    public bool Learns { get; init; }

    /// <summary>What a model that learns keeps of the samples that it is given; null: nothing.</summary>
    public RehearsalOptions? Rehearsal { get; init; }

    /// <summary>Paths of deltas that are added to the weights when the model is opened, so that it runs as fast as without. What it learns
    /// then is a delta to that.</summary>
    public IReadOnlyList<string> Deltas { get; init; } = [];

    /// <summary>The key that the model must be signed with; null: it need not be signed. Deltas are not signed.</summary>
    public PublicKey? PublicKey { get; init; }

    /// <summary>The tile to lower for.</summary>
    internal int Tile { get; init; } = TileChoice.Current;
}
