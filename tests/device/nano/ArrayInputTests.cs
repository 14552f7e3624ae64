using System;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using Xunit;

namespace EdgeCnn.Device.Tests;

/// <summary>A board prepares its inputs as the trainer did.</summary>
public sealed unsafe class ArrayInputTests
{
    private readonly ArrayRuntime _runtime = new();

    [Fact]
    public void Sound_becomes_the_same_picture_as_in_the_pointer_build()
    {
        var shape = new Shape(12, 24, 1);
        byte[] record = new SoundFolder(rate: 8000, frame: 256, hop: 128).SoundRecord(shape);
        byte[] samples = Random(2 * (11 * 128 + 256)), expected = new byte[shape.Length];
        byte[] scratch = new byte[8 << LogMelRecord.MaxSizeBits];
        fixed (byte* block = record, from = samples, work = scratch, to = expected)
            LogMel.Picture(block, 0, from, 0, work, 0, to, 0);
        Assert.NotEqual(expected[0], expected[1]);
        Assert.Equal(expected, _runtime.Picture(record, samples, shape.Length));
    }

    [Fact]
    public void A_picture_is_resized_as_in_the_pointer_build()
    {
        byte[] pixels = Random(50 * 40 * 3), expected = new byte[28 * 31 * 3];
        fixed (byte* from = pixels, to = expected) Resize.Area(from, 0, 150, 50, 40, 3, to, 0, 28, 31);
        Assert.Equal(expected, _runtime.Resize(pixels, 50, 40, 3, 28, 31));
    }

    private static byte[] Random(int count)
    {
        byte[] bytes = new byte[count];
        fixed (byte* place = bytes) Generator.Fill(place, 0, count, 3);
        return bytes;
    }
}
