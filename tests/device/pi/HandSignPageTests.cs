using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using EdgeCnn.Pi.Frames;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Tests.Support;
using EdgeCnn.Pi.Web;
using EdgeCnn.Tests;
using EdgeCnn.Trainer.Data.Files;
using Xunit;

namespace EdgeCnn.Pi.Tests;

/// <summary>The example of models/hand-signs/README.md, on a phone: a hand that lies on its side is taught to the camera.</summary>
public sealed class HandSignPageTests : IDisposable
{
    private const string Five = "5", Photograph = "Dataset/5/IMG_1214.JPG";
    private const string Label = "document.getElementById('label').textContent";
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_press_on_a_phone_teaches_a_sign_that_the_camera_did_not_know()
    {
        string hand = Hand();
        using var station = new Station(
            TestModels.TeachableSigns, settings => settings with { Answer = new AnswerSettings() },
            first => new HandCamera(hand) is var camera && camera.Read(first) ? camera : null);
        using PageServer server = PageServer.Start(station.Service, new TestLog());
        await using Browser browser = await Browser.Open(server.Address, 390, 1000, isPhone: true);
        await browser.Until($"document.querySelectorAll('.bar').length === 10 && !['…', '{Five}'].includes({Label})");
        await browser.Evaluate($"document.querySelectorAll('.bar')[{Five}].click()");
        await browser.Until($"{Label} === '{Five}' && document.querySelectorAll('.bar.is-answer').length === 1");
        await browser.Until("document.getElementById('preview').naturalWidth === 100");
        byte[] picture = await browser.Screenshot();
        if (Environment.GetEnvironmentVariable("EDGECNN_SCREENSHOTS") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, "hand-signs-phone.png"), picture, TestContext.Current.CancellationToken);
        await browser.Evaluate("document.getElementById('undo').click()");
        await browser.Until($"!['…', '{Five}'].includes({Label})");
        Assert.Equal([], browser.Complaints);
    }

    /// <summary>A photograph that the training held back, turned by a quarter.</summary>
    private string Hand()
    {
        string data = Path.Combine(Repository.Shared, "data", "sign-digits"), hand = _scratch.At("hand.png");
        Assert.SkipUnless(Directory.Exists(data), $"no photographs in {data}; set EDGECNN_SHARED");
        var files = new LabelledFiles("**/{class}/*", null, testShare: 0.2, seed: 1, null);
        using FileSet place = files.Open(data);
        LabelledFile file = files.Find(place, [.. "0123456789".Select(digit => $"{digit}")]).Test.Single(test => test.Name == Photograph);
        Ffmpeg.Run("-i", _scratch.Write("five.jpg", place.Read(file.Name)), "-vf", "transpose=1", hand);
        return hand;
    }

    /// <summary>A picture without end, under a name that no folder has a part in.</summary>
    private sealed class HandCamera(string path) : IFrameSource
    {
        private readonly PictureStream _picture = new(path, loop: true, paced: true);

        public string Name => "a hand on its side";

        public bool IsLive => true;

        public bool Read(Frame frame) => _picture.Read(frame);

        public void Dispose() => _picture.Dispose();
    }
}
