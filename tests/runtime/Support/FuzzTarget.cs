using System;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Tests;

/// <summary>What a search tries to break; one for each thread.</summary>
internal abstract class FuzzTarget<TInput> : IDisposable
{
    /// <summary>The bytes of an input.</summary>
    internal abstract byte[] Bytes(TInput input);

    /// <summary>A damaged copy.</summary>
    internal abstract TInput Damage(TInput parent, ref SplitMix64 random);

    /// <summary>Tries an input; what it did, so that the same words mean much the same way through the code; null when it is
    /// refused.</summary>
    internal abstract string? Judge(TInput input, ref SplitMix64 random);

    public abstract void Dispose();
}
