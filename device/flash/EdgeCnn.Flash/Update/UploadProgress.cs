namespace EdgeCnn.Flash.Update;

/// <summary>How far an upload is.</summary>
/// <param name="Slot">Where it goes.</param>
/// <param name="Bytes">How much of the file is there.</param>
/// <param name="Total">Size of the file, filled up to whole pages.</param>
public readonly record struct UploadProgress(int Slot, int Bytes, int Total);

/// <summary>What an upload came to.</summary>
/// <param name="Slot">Where the model is.</param>
/// <param name="Resumed">Bytes that an earlier upload had left there.</param>
/// <param name="Sent">Bytes that were sent.</param>
/// <param name="Erased">Blocks that were made blank.</param>
public sealed record UploadResult(int Slot, int Resumed, int Sent, int Erased);
