namespace EdgeCnn.Trainer.Layers;

/// <summary>
/// What the next group of samples will read in this part of the network: a layer that multiplies for long has it brought near meanwhile.
/// Pointers are hints only, and null where nothing is coming.
/// </summary>
internal unsafe struct Upcoming<T>
    where T : unmanaged
{
    /// <summary>Input of the first layer.</summary>
    public T* Input;

    /// <summary>Output of the last layer.</summary>
    public T* Output;

    /// <summary>The gradient that comes back from behind the last layer.</summary>
    public T* OutputGradient;
}
