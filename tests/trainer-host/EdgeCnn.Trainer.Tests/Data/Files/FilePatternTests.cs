using System;
using EdgeCnn.Trainer.Data.Files;
using Xunit;

namespace EdgeCnn.Tests.Data.Files;

public sealed class FilePatternTests
{
    [Theory]
    [InlineData("**/{class}/*", "cat/1.png", "cat")]
    [InlineData("**/{class}/*", "a/b/cat/1.png", "cat")]
    [InlineData("**/{class}/*", "1.png", null)]
    [InlineData("train/{class}/*", "test/cat/1.png", null)]
    [InlineData("recordings/{class}_*_*.wav", "recordings/7_theo_12.wav", "7")]
    [InlineData("recordings/{class}_*_*.wav", "recordings/7.wav", null)]
    [InlineData("{class}/*.jpg", "cat/A.JPG", "cat")]
    [InlineData("{class}?.ppm", "dog1.ppm", "dog")]
    [InlineData("{class}(1)+.ppm", "dog(1)+.ppm", "dog")]
    public void The_class_is_read_from_the_name(string pattern, string name, string? label)
    {
        Assert.Equal(label, new FilePattern(pattern, "files", needsClass: true).ClassOf(name));
    }

    [Theory]
    [InlineData("**/*_[0-4].wav", "recordings/7_theo_4.wav", true)]
    [InlineData("**/*_[0-4].wav", "recordings/7_theo_5.wav", false)]
    [InlineData("**/*_[0-4].wav", "recordings/7_theo_14.wav", false)]
    [InlineData("test/**", "test/cat/1.jpg", true)]
    [InlineData("test/**", "train/test/1.jpg", false)]
    public void A_pattern_chooses_files(string pattern, string name, bool matches)
    {
        Assert.Equal(matches, new FilePattern(pattern, "test", needsClass: false).IsMatch(name));
    }

    [Theory]
    [InlineData("**/*.png", "does not say where the class is")]
    [InlineData("{class}/{class}/*", "one {class}")]
    [InlineData("{class}/[z-a]", "is not a pattern")]
    public void What_is_no_pattern_is_refused(string pattern, string reason)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => new FilePattern(pattern, "files", needsClass: true));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
