using System;
using System.Linq;
using EdgeCnn.Tests.Training;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Data.Augmentations;
using EdgeCnn.Trainer.Kinds;
using EdgeCnn.Trainer.Recipes;
using Xunit;

namespace EdgeCnn.Tests.Data;

public class AugmentationTests
{
    private static readonly Shape Shape = new(3, 4, 1);
    private static readonly byte[] Image = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120];

    [Fact]
    public void Flips_swap_columns_or_rows()
    {
        Assert.Equal([40, 30, 20, 10, 80, 70, 60, 50, 120, 110, 100, 90], Changed(new FlipHorizontal(1)));
        Assert.Equal([90, 100, 110, 120, 50, 60, 70, 80, 10, 20, 30, 40], Changed(new FlipVertical(1)));
        Assert.Equal(Image, Changed(new FlipHorizontal(0)));
    }

    [Fact]
    public void Half_of_the_images_are_flipped()
    {
        var augmenter = new Augmenter([new FlipHorizontal()], Shape, 1);
        var flipped = Enumerable.Range(0, 1000).Count(index => Of(augmenter, 1, index)[0] == 40);
        Assert.InRange(flipped, 450, 550);
    }

    [Fact]
    public void Shifts_move_the_image_and_repeat_its_border()
    {
        var augmenter = new Augmenter([new ShiftImage(1, 0, whole: true)], Shape, 1);
        byte[][] rows = [.. Enumerable.Range(0, 30).Select(index => Of(augmenter, 1, index)[..4])];
        byte[][] moved = [.. rows.DistinctBy(row => Convert.ToHexString(row))];
        Assert.Equal(3, moved.Length);
        Assert.Contains<byte[]>([10, 10, 20, 30], moved);
        Assert.Contains<byte[]>([10, 20, 30, 40], moved);
        Assert.Contains<byte[]>([20, 30, 40, 40], moved);
    }

    [Fact]
    public void A_small_turn_keeps_the_middle_and_moves_what_is_far_from_it()
    {
        // A line through the middle: its ends move up on one side and down on the other, by the sine of the angle.
        var shape = new Shape(41, 41, 1);
        var (line, turned) = (new byte[41 * 41], new byte[41 * 41]);
        for (var x = 0; x < 41; x++)
            line[20 * 41 + x] = 255;
        new Augmenter([new RotateImage(20)], shape, 3).Apply(line, 1, 0, turned);
        double Height(int x)
        {
            var column = Enumerable.Range(0, 41).Select(y => (double)turned[y * 41 + x]).ToArray();
            return column.Select((pixel, y) => y * pixel).Sum() / column.Sum();
        }

        Assert.Equal(20, Height(20), 1e-9);
        Assert.Equal(20, (Height(8) + Height(32)) / 2, 0.1);
        var slope = (Height(32) - Height(8)) / 24;
        Assert.InRange(Math.Abs(slope), 0.01, Math.Tan(20 * Math.PI / 180));
        Assert.Equal(slope, (Height(26) - Height(14)) / 12, 0.03);
    }

    [Fact]
    public void Scaling_by_two_shows_the_middle_larger()
    {
        var augmenter = new Augmenter([new ScaleImage(2, 2)], new Shape(1, 5, 1), 1);
        var changed = new byte[5];
        augmenter.Apply([0, 100, 200, 100, 0], 1, 0, changed);
        Assert.Equal([100, 150, 200, 150, 100], changed);
    }

    [Fact]
    public void Brightness_and_contrast_change_all_pixels_alike()
    {
        var bright = Changed(new Brightness(0.2));
        var change = bright[5] - Image[5];
        Assert.NotEqual(0, change);
        Assert.All(bright.Zip(Image), pair => Assert.Equal(Math.Clamp(pair.Second + change, 0, 255), pair.First));
        Assert.Equal([37.5, 42.5, 47.5, 52.5], Changed(new Contrast(0.5, 0.5))[..4].Select(pixel => pixel - 0.5));
        Assert.Equal(Image, Changed(new Contrast(1, 1)));
    }

    [Fact]
    public void Noise_has_its_deviation()
    {
        var gray = new byte[10_000];
        Array.Fill(gray, (byte)128);
        var noisy = new byte[gray.Length];
        new Augmenter([new Noise(0.1)], new Shape(100, 100, 1), 1).Apply(gray, 1, 0, noisy);
        Assert.Equal(128, noisy.Average(pixel => pixel), 1.0);
        Assert.Equal(25.5, Math.Sqrt(noisy.Average(pixel => (pixel - 128.0) * (pixel - 128))), 0.8);
    }

    [Fact]
    public void Cutout_blanks_a_square()
    {
        var white = new byte[20 * 20 * 3];
        Array.Fill(white, (byte)255);
        var augmenter = new Augmenter([new Cutout(6, fill: 7)], new Shape(20, 20, 3), 1);
        var cut = new byte[white.Length];
        var sizes = Enumerable.Range(0, 200).Select(index =>
        {
            augmenter.Apply(white, 1, index, cut);
            return cut.Count(pixel => pixel == 7) / 3;
        }).ToArray();
        Assert.Equal(36, sizes.Max());
        Assert.InRange(sizes.Min(), 9, 18);
    }

    [Fact]
    public void An_image_is_decided_by_seed_epoch_and_number()
    {
        Augmenter Made(ulong seed) => new([new RotateImage(20), new Noise(0.05)], Shape, seed);
        var one = Of(Made(1), 2, 3);
        Assert.Equal(one, Of(Made(1), 2, 3));
        Assert.NotEqual(one, Of(Made(1), 3, 3));
        Assert.NotEqual(one, Of(Made(1), 2, 4));
        Assert.NotEqual(one, Of(Made(2), 2, 3));
    }

    [Fact]
    public void Training_with_every_kind_gives_the_same_bits_on_any_number_of_threads()
    {
        var list = """
            [{ "kind": "shift", "x": 2 }, { "kind": "rotate", "degrees": 10 }, { "kind": "scale", "low": 0.9, "high": 1.1 },
            "flipHorizontal", "flipVertical", { "kind": "brightness", "amount": 0.1 }, { "kind": "contrast", "low": 0.8, "high": 1.2 },
            { "kind": "noise", "deviation": 0.02 }, { "kind": "cutout", "size": 5 }]
            """;
        Assert.All(KindTable.Of(typeof(Augmentation)).Keys, kind => Assert.Contains($"\"{kind}\"", list, StringComparison.Ordinal));
        var text = TrainingRun.Recipe("drawn-digits").Text;
        var recipe = Recipe.Parse(text.Replace("\"epochs\"", $"\"augmentation\": {list}, \"epochs\"", StringComparison.Ordinal));
        var data = DrawnDigits.Draw(3, 0, 100);
        var changed = TrainingRun.Hash(TrainingRun.Of<float>(recipe, data, 2, 1).Network);
        Assert.Equal(changed, TrainingRun.Hash(TrainingRun.Of<float>(recipe, data, 2, 3).Network));
        Assert.NotEqual(changed, TrainingRun.Hash(TrainingRun.Of<float>(Recipe.Parse(text), data, 2, 1).Network));
    }

    private static byte[] Changed(Augmentation augmentation) => Of(new Augmenter([augmentation], Shape, 1), 1, 0);

    private static byte[] Of(Augmenter augmenter, int epoch, int index)
    {
        var changed = new byte[Image.Length];
        augmenter.Apply(Image, epoch, index, changed);
        return changed;
    }
}
