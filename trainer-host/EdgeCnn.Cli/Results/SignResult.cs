namespace EdgeCnn.Cli.Results;

/// <summary>A model whose signature fits.</summary>
/// <param name="ModelPath">Where it is.</param>
/// <param name="ModelId">Identity of its content.</param>
/// <param name="SignedBy">Id of the key.</param>
/// <param name="IsNew">Whether it was signed just now.</param>
internal sealed record SignResult(string ModelPath, string ModelId, string SignedBy, bool IsNew);
