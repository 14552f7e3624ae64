namespace EdgeCnn.Trainer.Import;

/// <summary>
/// What an import may ask for, whatever the file says: a file of a few bytes can name tensors of any size. Memory is bounded by the
/// limits on activations and constants, time by the limit on multiply-accumulates.
/// </summary>
internal static class ImportLimits
{
    /// <summary>Elements of one tensor, and places along one dimension.</summary>
    public const int TensorElements = 1 << 24;

    /// <summary>Tensors of a file, constants and those that are dropped included.</summary>
    public const int Tensors = 1 << 14;

    /// <summary>Operators of a file, those that are dropped or fused included.</summary>
    public const int Operators = 4 * ModelFile.MaxOperators;

    /// <summary>Bytes of all activations together, and so of the arena but for operators' scratch.</summary>
    public const long ActivationBytes = 1 << 28;

    /// <summary>Multiply-accumulates (or elements) of one run, which the self-test's hashes need.</summary>
    public const long Work = 1L << 32;

    /// <summary>Bytes that the vectors of a file may have together: parts may be shared, but not without end.</summary>
    public static long VectorBytes(int fileBytes) => 16L * fileBytes;

    /// <summary>Bytes of weights, tables and parameters that are made from a file.</summary>
    public static long ConstantBytes(int fileBytes) => (1 << 20) + 16L * fileBytes;
}
