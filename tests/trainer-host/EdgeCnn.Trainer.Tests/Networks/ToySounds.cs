using System;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Numerics;

namespace EdgeCnn.Tests.Networks;

/// <summary>
/// Pictures like those of short sounds, 49 frames of 10 coefficients: in each class a ridge wanders at its own pace, in noise.
/// </summary>
internal static class ToySounds
{
    public const int Classes = 8;
    private const int Frames = 49;
    private const int Coefficients = 10;

    public static Dataset Draw(ulong seed, int count)
    {
        var (pixels, labels) = (new byte[count * Frames * Coefficients], new byte[count]);
        for (var i = 0; i < count; i++)
        {
            var random = new SplitMix64(seed, (ulong)i);
            labels[i] = (byte)random.Below(Classes);
            double start = random.Between(0, Coefficients), pace = (labels[i] - 3.5) * 0.12;
            for (var place = 0; place < Frames * Coefficients; place++)
            {
                var ridge = start + pace * (place / Coefficients);
                var distance = Math.Abs(Math.IEEERemainder(place % Coefficients - ridge, Coefficients));
                pixels[i * Frames * Coefficients + place] = (byte)(Math.Max(0, 160 - 90 * distance) + random.Between(0, 60));
            }
        }

        return new Dataset(new Shape(Frames, Coefficients, 1), pixels, labels, Dataset.NumberedClasses(Classes));
    }
}
