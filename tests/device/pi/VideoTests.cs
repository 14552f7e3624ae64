using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeCnn.Managed;
using EdgeCnn.Pi.Tests.Support;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Data;
using EdgeCnn.Trainer.Data.Files;
using EdgeCnn.Trainer.Recipes;
using Xunit;

namespace EdgeCnn.Pi.Tests;

/// <summary>The photographs that hand-signs never saw, as a lossless video, through the whole program.</summary>
public sealed class VideoTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("hand-signs")]
    [InlineData("hand-signs-gray")]
    public void A_video_is_classified_exactly_as_its_pictures_are(string name)
    {
        string data = Path.Combine(Repository.Shared, "data", "sign-digits"), folder = Path.Combine(Repository.Root, "models", name);
        Assert.SkipUnless(Directory.Exists(data), $"no photographs in {data}; set EDGECNN_SHARED");
        Recipe recipe = Recipe.Load(Path.Combine(folder, "recipe.json"));
        Dataset test = recipe.LoadData(data).Test;
        string model = Path.Combine(folder, "model.ecnn");
        int[] expected = Classify(model, test);
        string video = Video(data, recipe.Classes);

        long began = Stopwatch.GetTimestamp();
        Outcome outcome = PiProgram.Run(
            $"--Camera:File={video}", $"--Model:File={model}", $"--Model:Folder={_scratch.At(name)}", "--Web:Enabled=false",
            "--Outputs:Lines=Frame", "--Answer:SmoothingShift=0");
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;

        Assert.True(outcome.ExitCode == 0, outcome.Error);
        int[] answers = [.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("best").GetString()!)
            .Select(label => int.Parse(label, CultureInfo.InvariantCulture))];
        Assert.Equal(expected, answers);
        int right = answers.Where((answer, i) => answer == test.Labels[i]).Count();
        Measured.Note($"camera, {name}: {100.0 * right / test.Count:f2} % of {test.Count} held-back photographs as a video, as 'run'; "
            + $"{test.Count / seconds:f0} frames/s with the program's start");
    }
    /// <summary>What 'edgecnn run' answers: the pictures' pixels, run one by one.</summary>
    private static int[] Classify(string path, Dataset images)
    {
        using EdgeModel model = EdgeModel.Open(path);
        return [.. Enumerable.Range(0, images.Count).Select(i =>
        {
            model.SetPixels(images.Image(i));
            model.Run();
            return model.BestClass;
        })];
    }

    /// <summary>The held-back photographs, in the order of the data set, decoded once and packed without loss.</summary>
    private string Video(string data, IReadOnlyList<string> classes)
    {
        string pictures = Directory.CreateDirectory(_scratch.At("pictures")).FullName, video = _scratch.At("signs.mkv");
        var files = new LabelledFiles("**/{class}/*", null, testShare: 0.2, seed: 1, null);
        using FileSet place = files.Open(data);
        foreach ((int i, LabelledFile file) in files.Find(place, classes).Test.Index())
            File.WriteAllBytes(Path.Combine(pictures, $"{i:d4}.jpg"), place.Read(file.Name));
        Ffmpeg.Run(
            "-flags", "bitexact", "-idct", "simple", "-noautorotate", "-i", Path.Combine(pictures, "%04d.jpg"),
            "-sws_flags", "bitexact+accurate_rnd+full_chroma_int+full_chroma_inp", "-pix_fmt", "rgb24", _scratch.At("%04d.ppm"));
        Ffmpeg.Run("-framerate", "30", "-i", _scratch.At("%04d.ppm"), "-c:v", "ffv1", "-pix_fmt", "bgr0", video);
        return video;
    }
}
