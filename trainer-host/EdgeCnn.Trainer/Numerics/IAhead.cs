namespace EdgeCnn.Trainer.Numerics;

/// <summary>
/// Whether a product has values brought near that are read after it, known to the compiler: a line or two with every step of the sums,
/// where the processor waits for nothing but multiplications.
/// </summary>
internal interface IAhead
{
    /// <summary>Whether there are any.</summary>
    static abstract bool Any { get; }
}

/// <inheritdoc cref="IAhead"/>
internal readonly struct NothingAhead : IAhead
{
    /// <inheritdoc/>
    public static bool Any => false;
}

/// <inheritdoc cref="IAhead"/>
internal readonly struct SomethingAhead : IAhead
{
    /// <inheritdoc/>
    public static bool Any => true;
}
