namespace EdgeCnn.Managed;

/// <summary>What <see cref="Lowering"/> makes of convolutions that have more than one form.</summary>
internal enum ConvolutionForm
{
    /// <summary>What is measured to be the fastest for their shape.</summary>
    Fastest,

    /// <summary>Sums over the window's taps.</summary>
    Direct,

    /// <summary><see cref="EdgeCnn.Winograd"/>, wherever it fits.</summary>
    Winograd,
}
