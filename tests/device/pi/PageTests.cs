using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Tests.Support;
using EdgeCnn.Pi.Web;
using Xunit;

namespace EdgeCnn.Pi.Tests;

/// <summary>The page in a browser.</summary>
public sealed class PageTests : IDisposable
{
    private const string Label = "document.getElementById('label').textContent";
    private readonly Station _station = new(TestModels.Teachable, settings => settings with { Web = new WebSettings { Port = 0 } });
    private readonly PageServer _server;

    public PageTests()
    {
        _station.Camera.Show([.. Enumerable.Range(0, 64).Select(i => (byte)(i % 8 is 3 or 4 ? 255 : 0))]);
        _server = PageServer.Start(_station.Service, new TestLog());
        _station.Frames(3);
    }

    public void Dispose()
    {
        _server.Dispose();
        _station.Dispose();
    }

    [Fact]
    public async Task The_preview_moves_bars_follow_a_lesson_changes_the_label_and_undo_restores_it()
    {
        await using Browser browser = await Browser.Open(_server.Address, 1100, 1000);
        await browser.Until("document.querySelectorAll('.bar').length === 10");
        int before = _station.Label, other = (before + 3) % 10;
        await browser.Until($"{Label} === '{before}'");

        const string Picture = "(() => { const c = document.createElement('canvas'), i = document.getElementById('preview'); "
            + "c.width = i.naturalWidth; c.height = i.naturalHeight; c.getContext('2d').drawImage(i, 0, 0); return c.toDataURL(); })()";
        await browser.Until("document.getElementById('preview').naturalWidth === 32");
        string first = await browser.Evaluate(Picture);
        await browser.Until($"{Picture} !== '{first}'");

        string bar = $"document.querySelectorAll('.bar')[{other}]", width = $"{bar}.firstChild.style.transform";
        string small = await browser.Evaluate(width);
        for (int press = 1; press <= 60 && await browser.Evaluate(Label) != $"{other}"; press++)
        {
            await browser.Evaluate($"{bar}.click()");
            await browser.Until(
                $"document.querySelectorAll('#lessons li').length === {Math.Min(press, 32)} && !{bar}.classList.contains('is-taught')");
        }
        await browser.Until($"{Label} === '{other}'");
        Assert.NotEqual(small, await browser.Evaluate(width));

        await browser.Until("!document.getElementById('undo').disabled");
        while (await browser.Evaluate(Label) != $"{before}")
        {
            await browser.Evaluate("document.getElementById('undo').click()");
            await Task.Delay(300, TestContext.Current.CancellationToken);
        }
        Assert.Equal(before, _station.Label);
        Assert.Equal([], browser.Complaints);
    }

    [Fact]
    public async Task A_phone_shows_everything_in_its_width()
    {
        await using Browser browser = await Browser.Open(_server.Address, 360, 740, isPhone: true);
        await browser.Until("document.querySelectorAll('.bar').length === 10 && document.getElementById('preview').complete");
        await browser.Until("document.querySelectorAll('#latency path').length === 2");
        Assert.Equal("true", await browser.Evaluate("document.documentElement.scrollWidth <= 360"));
        Assert.Equal("true", await browser.Evaluate("[...document.querySelectorAll('button, .button')].every(b => b.offsetHeight >= 40)"));
        byte[] picture = await browser.Screenshot();
        Assert.True(picture.Length > 5_000, "the screenshot is empty");
        if (Environment.GetEnvironmentVariable("EDGECNN_SCREENSHOTS") is { Length: > 0 } folder)
            File.WriteAllBytes(Path.Combine(folder, "camera-phone.png"), picture);
        Assert.Equal([], browser.Complaints);
    }
}
