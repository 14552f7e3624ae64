namespace EdgeCnn.Trainer.Data.KnownSets;

/// <summary>How far a download is.</summary>
/// <param name="Address">The file.</param>
/// <param name="Bytes">What is here.</param>
/// <param name="Total">What there is; null when the server does not say.</param>
public readonly record struct DownloadProgress(string Address, long Bytes, long? Total);
