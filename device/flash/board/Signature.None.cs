namespace EdgeCnn.Board;

/// <summary>A board that runs models with and without a signature.</summary>
internal static unsafe class Signature
{
    internal static bool IsRequired => false;

    /// <summary>0, or why the model in <paramref name="bytes"/> bytes of flash is refused.</summary>
    internal static int Check(Bytes model, int bytes) => 0;
}
