using System;
using System.IO;
using EdgeCnn.Trainer.Data.Sound;
using Xunit;

namespace EdgeCnn.Tests.Data.Sound;

public sealed class WavFileTests
{
    [Fact]
    public void Samples_are_read_past_chunks_of_other_kinds()
    {
        Assert.Equal([1, -2, 300], WavFile.Read(WavBytes.Of(8000, [1, -2, 300]), 8000, "x.wav"));
        byte[] list = [.. "LIST"u8, 3, 0, 0, 0, 9, 9, 9, 0];
        Assert.Equal([1, -2, 300], WavFile.Read(WavBytes.Of(8000, [1, -2, 300], before: list), 8000, "x.wav"));
    }

    [Theory]
    [InlineData(22, 2, "has 2 channels of 16 bits, coding 1; convert it")]
    [InlineData(34, 8, "has 1 channels of 8 bits, coding 1; convert it")]
    [InlineData(20, 3, "has 1 channels of 16 bits, coding 3; convert it")]
    [InlineData(24, 0x41, "has 8001 samples per second, the recipe says 8000")]
    [InlineData(0, 'r', "is not a WAV file")]
    [InlineData(12, 'x', "byte 36: sound before its format")]
    [InlineData(16, 15, "its format is 15 bytes long")]
    [InlineData(36, 'x', "there is no sound in it")]
    [InlineData(40, 7, "byte 36: truncated: a chunk of 7 bytes begins, 6 are there")]
    [InlineData(40, 0, "byte 36: holds no sound")]
    public void What_cannot_be_used_is_refused_with_its_reason(int at, int value, string reason)
    {
        var file = WavBytes.Of(8000, [1, -2, 300]);
        file[at] = (byte)value;
        var error = Assert.Throws<InvalidDataException>(() => WavFile.Read(file, 8000, "x.wav"));
        Assert.StartsWith($"x.wav: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_beginning_of_a_file_passes_for_one()
    {
        var file = WavBytes.Of(8000, [1, -2, 300]);
        for (var length = 0; length < file.Length; length++)
            Assert.Throws<InvalidDataException>(() => WavFile.Read(file.AsSpan(0, length), 8000, "x.wav"));
    }
}
