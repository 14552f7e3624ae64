using System;

namespace EdgeCnn.Trainer.Import.Tflite;

/// <summary>The bytes of a flatbuffer, and how many may still be copied out of it: vectors that lie upon each other would multiply
/// them.</summary>
/// <param name="bytes">The whole file.</param>
public sealed class FlatFile(ReadOnlyMemory<byte> bytes)
{
    private long _left = ImportLimits.VectorBytes(bytes.Length);

    /// <summary>The whole file.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>Takes <paramref name="count"/> bytes from what may be copied; false when it is used up.</summary>
    public bool MayCopy(long count) => (_left -= count) >= 0;
}
