namespace EdgeCnn.Managed;

/// <summary>How a model that learns holds on to what it knew: samples that it keeps, learns again, and is guarded by.</summary>
public sealed record RehearsalOptions
{
    /// <summary>Samples that are kept, a uniform choice of all that it was given; 1 up. Each takes the bytes of the inputs and a
    /// label.</summary>
    public int Samples { get; init; } = 100;

    /// <summary>Kept samples that are learned again after each new one.</summary>
    public int PerSample { get; init; } = 1;

    /// <summary>After so many new samples the model is asked about those it keeps; 0: never.</summary>
    public int GuardInterval { get; init; }

    /// <summary>Share of the kept samples that the model may know fewer of than at the last such moment. When it knows even fewer, what it
    /// learned since is undone.</summary>
    public double GuardMargin { get; init; } = 0.05;

    /// <summary>What the choice is drawn from.</summary>
    public int Seed { get; init; } = 1;
}
