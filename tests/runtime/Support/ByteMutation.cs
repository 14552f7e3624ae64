using System;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Tests;

/// <summary>Damages a file whatever its format: flipped bits, other bytes, parts doubled or left out, the end cut off.</summary>
internal static class ByteMutation
{
    private const int MaxPart = 40;

    /// <summary>One to three changes, or a truncation.</summary>
    internal static byte[] Of(byte[] original, ref SplitMix64 random)
    {
        if (random.Below(25) == 0) return original[..random.Below(original.Length)];
        byte[] file = (byte[])original.Clone();
        for (int changes = 1 + random.Below(3); changes > 0 && file.Length > 0; changes--) file = Changed(file, ref random);
        return file;
    }

    private static byte[] Changed(byte[] file, ref SplitMix64 random)
    {
        int at = random.Below(file.Length), end = Math.Min(file.Length, at + 1 + random.Below(MaxPart));
        switch (random.Below(8))
        {
            case 0:
                return [.. file[..end], .. file[at..]];
            case 1:
                return [.. file[..at], .. file[end..]];
            case 2 or 3:
                file[at] ^= (byte)(1 << random.Below(8));
                return file;
            case 4 or 5:
                file[at] = (byte)(file[at] + random.Below(9) - 4);
                return file;
            case 6:
                file[at] = random.Below(3) switch { 0 => 0, 1 => 127, _ => 255 };
                return file;
            default:
                file[at] = (byte)random.Below(256);
                return file;
        }
    }
}
