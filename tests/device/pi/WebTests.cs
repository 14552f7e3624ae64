using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Tests.Support;
using EdgeCnn.Pi.Web;
using Xunit;

namespace EdgeCnn.Pi.Tests;

public sealed class WebTests : IDisposable
{
    private const string Token = "0123456789abcdef";
    private readonly Station _station = new(
        TestModels.Teachable,
        settings => settings with
        {
            Web = new WebSettings { Port = 0, Token = Token },
            Model = settings.Model with { MaxBytes = 64 << 10 },
        });
    private readonly PageServer _server;
    private readonly HttpClient _client;

    public WebTests()
    {
        _server = PageServer.Start(_station.Service, new TestLog());
        _client = new HttpClient { BaseAddress = new Uri(_server.Address) };
        _station.Frames(3);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _station.Dispose();
    }

    public static TheoryData<string, string> Changes => new()
    {
        { "POST", "lessons/1" },
        { "DELETE", "lessons/newest" },
        { "PUT", "models" },
        { "POST", "models/previous" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Nothing_changes_without_the_token(string method, string path)
    {
        foreach (string? token in (string?[])[null, "", "wrong", Token + "0", Token[..^1]])
            Assert.Equal(HttpStatusCode.Unauthorized, (await Send(method, path, token)).StatusCode);
        using HttpRequestMessage elsewhere = Request(method, path, Token);
        elsewhere.Headers.Add("Origin", "http://elsewhere.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await _client.SendAsync(elsewhere, Stop)).StatusCode);
        Assert.Empty(await Lessons());
        await Lives();
    }

    [Fact]
    public async Task With_the_token_a_lesson_is_taught_and_undone()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await Send("POST", "lessons/1", Token)).StatusCode);
        Assert.Equal(["1"], await Lessons());
        Assert.Equal(HttpStatusCode.NoContent, (await Send("DELETE", "lessons/newest", Token)).StatusCode);
        Assert.Empty(await Lessons());
        HttpResponseMessage nothing = await Send("DELETE", "lessons/newest", Token);
        Assert.Equal(HttpStatusCode.InsufficientStorage, nothing.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Send("POST", "lessons/99", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Send("POST", "lessons/-", Token)).StatusCode);
    }

    [Fact]
    public async Task An_uploaded_model_is_installed_and_one_that_is_none_refused()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await Send("PUT", "models", Token, TestModels.Digits)).StatusCode);
        using JsonDocument state = JsonDocument.Parse(await _client.GetStringAsync(new Uri("state", UriKind.Relative), Stop));
        Assert.Equal(2, state.RootElement.GetProperty("models").GetArrayLength());
        HttpResponseMessage refused = await Send("PUT", "models", Token, new byte[2000]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("this is not an .ecnn model file", await refused.Content.ReadAsStringAsync(Stop));
        await Lives();
    }

    [Fact]
    public async Task An_upload_that_is_too_large_is_refused()
    {
        HttpResponseMessage refused = await Send("PUT", "models", Token, new byte[(64 << 10) + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        using HttpRequestMessage endless = Request("PUT", "models", Token);
        endless.Content = new StreamContent(new Zeros(1 << 20));
        endless.Headers.TransferEncodingChunked = true;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _client.SendAsync(endless, Stop)).StatusCode);
        await Lives();
    }

    [Theory]
    [InlineData("/../../../../etc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/page.css/../../../../etc/passwd")]
    [InlineData("/..%2f..%2fetc%2fpasswd")]
    [InlineData("/slots.json")]
    [InlineData("/slot-a.ecnn")]
    public async Task No_path_leads_to_a_file(string path)
    {
        string answer = await Raw($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 40[04] ", answer);
        Assert.DoesNotContain("root:", answer);
        await Lives();
    }

    [Fact]
    public async Task A_slow_client_is_let_go_and_keeps_nobody()
    {
        string began = $"PUT /models HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {Token}\r\nContent-Length: 60000\r\n\r\nslow";
        Task<string> slowBody = Raw(began), slowHeader = Raw("GET / HT");
        await Lives();
        // Both are ended by the server, within its patience.
        Assert.DoesNotContain("204", await slowBody.WaitAsync(TimeSpan.FromSeconds(60), Stop));
        await slowHeader.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        await Lives();
    }

    [Fact]
    public async Task Another_name_for_this_computer_is_not_served()
    {
        using HttpRequestMessage request = Request("GET", "state", null);
        request.Headers.Host = "somewhere.example";
        Assert.Equal(HttpStatusCode.BadRequest, (await _client.SendAsync(request, Stop)).StatusCode);
    }

    [Fact]
    public async Task Metrics_are_in_the_text_format_of_Prometheus()
    {
        string text = await _client.GetStringAsync(new Uri("metrics", UriKind.Relative), Stop);
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.Matches(@"^(# (HELP|TYPE) edgecnn_\w+ .+|edgecnn_\w+(\{\w+=""[^""]*""\})? -?[0-9.E+-]+)$", line);
        Assert.Matches("(?m)^edgecnn_frames_total [1-9]", text);
        Assert.Contains("edgecnn_latency_seconds{quantile=\"0.99\"}", text);
    }

    [Fact]
    public async Task Health_is_bad_while_there_is_no_camera()
    {
        await Lives();
        _station.Camera.Unplug();
        HttpResponseMessage ill;
        do ill = await _client.GetAsync(new Uri("healthz", UriKind.Relative), Stop);
        while (ill.StatusCode == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ill.StatusCode);
        Assert.Contains("no camera gives frames", await ill.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task The_preview_is_a_bitmap_of_the_frame()
    {
        byte[] picture = await _client.GetByteArrayAsync(new Uri("preview.bmp", UriKind.Relative), Stop);
        Assert.Equal("BM"u8, picture.AsSpan(0, 2));
        int[] header = [.. ((int[])[2, 18, 22]).Select(at => BitConverter.ToInt32(picture, at))];
        Assert.Equal([picture.Length, 32, 24], header);
    }

    [Fact]
    public void A_port_that_is_taken_is_refused()
    {
        int port = new Uri(_server.Address).Port;
        using var other = new Station(TestModels.Digits, settings => settings with { Web = new WebSettings { Port = port } });
        Assert.Contains($"Web:Port {port}:", Assert.Throws<IOException>(() => PageServer.Start(other.Service, new TestLog())).Message);
    }

    private static HttpRequestMessage Request(string method, string path, string? token)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private async Task<HttpResponseMessage> Send(string method, string path, string? token, byte[]? body = null)
    {
        using HttpRequestMessage request = Request(method, path, token);
        if (body is not null) request.Content = new ByteArrayContent(body);
        return await _client.SendAsync(request, Stop);
    }

    private async Task<string[]> Lessons()
    {
        using JsonDocument state = JsonDocument.Parse(await _client.GetStringAsync(new Uri("state", UriKind.Relative), Stop));
        return [.. state.RootElement.GetProperty("lessons").EnumerateArray().Select(lesson => lesson.GetProperty("label").GetString()!)];
    }

    private async Task Lives()
    {
        _station.Frames(2);
        Assert.Equal("ok", await _client.GetStringAsync(new Uri("healthz", UriKind.Relative), Stop));
    }

    /// <summary>What the server answers to bytes until it closes the connection.</summary>
    private async Task<string> Raw(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(_server.Address).Port, Stop);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Stop);
        using var reader = new StreamReader(stream);
        try
        {
            return await reader.ReadToEndAsync(Stop);
        }
        catch (IOException)
        {
            return "the connection was reset";
        }
    }

    /// <summary>So many zeros, without saying beforehand how many.</summary>
    private sealed class Zeros(long count) : MemoryStream
    {
        private long _left = count;

        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer)
        {
            int read = (int)Math.Min(_left, buffer.Length);
            buffer[..read].Clear();
            _left -= read;
            return read;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(Read(buffer.Span));
    }
}
