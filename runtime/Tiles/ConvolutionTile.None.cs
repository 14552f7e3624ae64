namespace EdgeCnn;

/// <summary>Convolution in the way of one processor, for the windows it has one for. This build has none.</summary>
internal static unsafe class ConvolutionTile
{
    /// <summary>Whether it serves this operator.</summary>
    internal static bool Takes(Bytes model, int op) => false;

    /// <summary>Computes all outputs.</summary>
    internal static void Run(
        Bytes model, int op, Bytes arena, Bytes weights, int weightsAt, Bytes bias, int biasAt, Bytes requant, int requantAt)
    {
    }
}
