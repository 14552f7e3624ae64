using System;
using System.Linq;

namespace EdgeCnn.Tests.Data.Sound;

/// <summary>Makes sound files.</summary>
internal static class WavBytes
{
    /// <summary>One channel of 16 bits.</summary>
    public static byte[] Of(int rate, short[] samples, byte[]? before = null)
    {
        byte[] data = [.. samples.SelectMany(BitConverter.GetBytes)];
        byte[] format = [1, 0, 1, 0, .. BitConverter.GetBytes(rate), .. BitConverter.GetBytes(2 * rate), 2, 0, 16, 0];
        byte[] chunks =
        [
            .. before ?? [], .. "fmt "u8, .. BitConverter.GetBytes(16), .. format, .. "data"u8, .. BitConverter.GetBytes(data.Length),
            .. data,
        ];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(4 + chunks.Length), .. "WAVE"u8, .. chunks];
    }
}
