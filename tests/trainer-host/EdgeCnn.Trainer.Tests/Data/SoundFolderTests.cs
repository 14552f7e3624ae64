using System;
using System.IO;
using System.Linq;
using EdgeCnn.Managed;
using EdgeCnn.Tests.Data.Sound;
using EdgeCnn.Trainer;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Export;
using EdgeCnn.Trainer.Recipes;
using Xunit;

namespace EdgeCnn.Tests.Data;

public sealed class SoundFolderTests : IDisposable
{
    private const string Text = """
        {
          "name": "beeps",
          "data": { "kind": "wav", "files": "{class}_*.wav", "test": "*_9.wav", "rate": 8000, "frame": 64, "hop": 32 },
          "input": [6, 8, 1],
          "classes": ["low", "high"],
          "network": [{ "kind": "fullyConnected", "units": 2 }],
          "loss": "softmaxCrossEntropy", "optimizer": "sgd", "schedule": { "kind": "fixed", "rate": 0.1 },
        }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Recipe _recipe = Recipe.Parse(Text);

    public SoundFolderTests()
    {
        for (var i = 0; i < 10; i++)
        {
            _folder.Write($"low_{i}.wav", WavBytes.Of(8000, Beep(500, 150 + 20 * i)));
            _folder.Write($"high_{i}.wav", WavBytes.Of(8000, Beep(3000, 150 + 20 * i)));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_are_frames_columns_are_bands_and_a_clip_stands_in_the_middle()
    {
        var data = _recipe.LoadData(_folder.Path);
        Assert.Equal((18, 2), (data.Train.Count, data.Test.Count));
        for (var i = 0; i < data.Train.Count; i++)
        {
            var middle = data.Train.Image(i).Slice(3 * 8, 8).ToArray();
            var loudest = Array.IndexOf(middle, middle.Max());
            Assert.True(data.Train.Labels[i] == 0 ? loudest < 3 : loudest > 4, $"{i}: band {loudest}");
        }

        // 224 samples make a picture: 60 of sound have 82 of silence on both sides, more than the outer frames.
        foreach (var file in Directory.EnumerateFiles(_folder.Path))
            File.WriteAllBytes(file, WavBytes.Of(8000, Beep(1000, 60)));
        var picture = _recipe.LoadData(_folder.Path).Test.Image(0).ToArray();
        Assert.Equal(new byte[8], picture[..8]);
        Assert.Equal(new byte[8], picture[^8..]);
        Assert.True(picture[(2 * 8)..(3 * 8)].Max() > 200);
    }

    [Fact]
    public void A_model_carries_its_front_end_and_computes_the_same_pictures_of_sound()
    {
        var data = _recipe.LoadData(_folder.Path);
        var bytes = ModelExport.ToBytes(_recipe, _recipe.CreateNetwork<float>(), data.Train);
        using var model = EdgeModel.Open(bytes);
        Assert.Equal((224, 8000), (model.Inputs[0].SoundSamples, model.Inputs[0].SoundRate));
        short[] clip = Beep(500, 224);
        model.SetSound(clip);
        var fromSound = model.Input.ToArray();
        foreach (var file in Directory.EnumerateFiles(_folder.Path))
            File.WriteAllBytes(file, WavBytes.Of(8000, clip));
        model.SetPixels(_recipe.LoadData(_folder.Path).Test.Image(0));
        Assert.Equal(model.Input.ToArray(), fromSound);
        Assert.Throws<ArgumentException>(() => model.SetSound(clip.AsSpan(1)));
    }

    [Fact]
    public void A_damaged_front_end_is_refused_at_its_place()
    {
        var bytes = ModelExport.ToBytes(_recipe, _recipe.CreateNetwork<float>(), _recipe.LoadData(_folder.Path).Train);
        using (var model = EdgeModel.Open(bytes))
            Assert.Null(model.RunSelfTest());
        foreach (var error in Enumerable.Range(0, bytes.Length).Select(at => Flipped(bytes, at)))
            Assert.NotNull(error);

        static ModelException? Flipped(byte[] bytes, int at)
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= 1;
            return Record.Exception(() => EdgeModel.Open(damaged).Dispose()) as ModelException;
        }
    }

    [Theory]
    [InlineData("\"frame\": 64", "\"frame\": 8", "data.frame: 8 is not allowed")]
    [InlineData("\"hop\": 32", "\"hop\": 0", "data.hop: 0 is not allowed")]
    [InlineData("\"rate\": 8000", "\"rate\": 16000", "has 8000 samples per second, the recipe says 16000")]
    [InlineData("[6, 8, 1]", "[6, 40, 1]", "data.frame: 64 samples are too few to tell 40 bands apart")]
    [InlineData("[6, 8, 1]", "[6, 8, 3]", "log-mel pictures are [frames, bands, 1]")]
    public void Settings_that_cannot_be_are_refused(string old, string other, string reason)
    {
        var error = Record.Exception(() => Recipe.Parse(Text.Replace(old, other, StringComparison.Ordinal)).LoadData(_folder.Path));
        Assert.Contains(reason, error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spoken_digits_load_with_their_official_test_split()
    {
        var source = new SoundFolder("recordings/{class}_*_*.wav", "**/*_[0-4].wav", rate: 8000, frame: 256, hop: 128);
        var request = new DataRequest(Dataset.NumberedClasses(10), new Shape(48, 32, 1)) { Folder = SharedData.Folder("fsdd") };
        var data = source.Load(request);
        Assert.Equal((2700, 300), (data.Train.Count, data.Test.Count));
        Assert.All(Enumerable.Range(0, 10), digit => Assert.Equal(30, data.Test.Labels.Count((byte)digit)));
    }

    private static short[] Beep(int hertz, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (short)(20000 * Math.Sin(2 * Math.PI * hertz * i / 8000)))];
}
