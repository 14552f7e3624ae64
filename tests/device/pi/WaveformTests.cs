using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using EdgeCnn.Pi.Frames;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Tests.Support;
using EdgeCnn.Pi.Web;
using Xunit;

namespace EdgeCnn.Pi.Tests;

public sealed class WaveformTests
{
    private const int Columns = 40, Rows = 120;

    [Fact]
    public void Each_column_reaches_from_the_lowest_sample_to_the_highest()
    {
        var frame = new Frame();
        Span<short> samples = frame.BeginSound(8000, 8000);
        samples[..4000].Clear();
        for (int i = 4000; i < 8000; i++) samples[i] = (short)(i % 2 == 0 ? 16384 : -8192);
        byte[] file = Waveform.Of(frame, Columns);
        Assert.Equal(1, Height(file, Columns / 4));
        // A quarter of the rows above the middle, an eighth below, and the middle.
        Assert.Equal(Rows / 4 + Rows / 8 + 1, Height(file, Columns * 3 / 4));
    }

    [Fact]
    public async Task The_page_shows_what_is_heard()
    {
        var sound = new SoundSettings { Source = SoundKind.Pipe };
        using var windows = new SoundWindows(new TestSound([]), sound);
        using var station = new Station(
            TestModels.Read("dscnn-digits"), settings => settings with { Sound = sound, Answer = new AnswerSettings() },
            first => windows.Read(first) ? windows : null);
        using PageServer server = PageServer.Start(station.Service, new TestLog());
        using var client = new HttpClient { BaseAddress = new Uri(server.Address) };
        station.Frames(3);
        byte[] file = await client.GetByteArrayAsync("preview.bmp", TestContext.Current.CancellationToken);
        Assert.Equal("BM"u8.ToArray(), file[..2]);
        Assert.Equal("ok", await client.GetStringAsync("healthz", TestContext.Current.CancellationToken));
        Assert.Contains("\"label\":null", await client.GetStringAsync("state", TestContext.Current.CancellationToken));
    }

    private static int Height(byte[] file, int x) =>
        Enumerable.Range(0, Rows).Count(y => Bitmap.Row(file, Columns, Rows, y)[3 * x] != 0);
}
