using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Data.Augmentations;
using Xunit;

namespace EdgeCnn.Tests.Data;

public sealed class AugmentationAheadTests
{
    private static readonly Dataset Data = DrawnDigits.Draw(1, 0, 20);
    private static readonly Augmenter Augmenter = new([new RotateImage(20), new Noise(0.05)], Data.Shape, 7);

    [Fact]
    public void What_was_begun_is_what_is_taken()
    {
        using var ahead = new AugmentationAhead(Augmenter, Data.Shape.Length, 4);
        ahead.Begin(Data, [3, 1, 4, 15], 2);
        ahead.Take(Data, [3, 1, 4, 15], 2);
        ahead.Begin(Data, [9, 2], 2);
        AssertPresent(ahead, [3, 1, 4, 15], 2);
        ahead.Take(Data, [9, 2], 2);
        AssertPresent(ahead, [9, 2], 2);
    }

    [Fact]
    public void What_was_not_begun_is_made_when_it_is_taken()
    {
        using var ahead = new AugmentationAhead(Augmenter, Data.Shape.Length, 4);
        ahead.Take(Data, [5], 1);
        AssertPresent(ahead, [5], 1);
        ahead.Begin(Data, [6, 7], 1);
        ahead.Take(Data, [6, 7], 2);
        AssertPresent(ahead, [6, 7], 2);
        ahead.Take(Data, [8], 3);
        AssertPresent(ahead, [8], 3);
    }

    private static void AssertPresent(AugmentationAhead ahead, int[] samples, int epoch)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            var expected = new byte[Data.Shape.Length];
            Augmenter.Apply(Data.Image(samples[i]), epoch, samples[i], expected);
            Assert.Equal(expected, ahead.Image(i).ToArray());
        }
    }
}
