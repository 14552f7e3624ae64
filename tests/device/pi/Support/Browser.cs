using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace EdgeCnn.Pi.Tests.Support;

/// <summary>Chromium without a window, driven by its DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Scratch _scratch = new();
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _asked = new();
    private int _number;
    private string _session = "";

    private Browser(string program) => _process = Process.Start(new ProcessStartInfo(program,
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage", "--hide-scrollbars",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--remote-debugging-port=0",
        $"--user-data-dir={_scratch.At("profile")}", "about:blank",
    ])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>What pages said on the console that is an error or a warning, and exceptions of their scripts.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>Starts it with a window of a size and opens an address.</summary>
    public static async Task<Browser> Open(string address, int width, int height, bool isPhone = false)
    {
        string? program = Tools.Find("chromium", "google-chrome");
        Assert.SkipWhen(program is null, "chromium is not installed");
        var browser = new Browser(program!);
        await browser.Connect();
        var size = new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = isPhone };
        await browser.Ask("Emulation.setDeviceMetricsOverride", size);
        await browser.Ask("Page.navigate", new JsonObject { ["url"] = address });
        return browser;
    }

    /// <summary>The value of an expression in the page.</summary>
    public async Task<string> Evaluate(string expression)
    {
        var question = new JsonObject { ["expression"] = $"String({expression})", ["awaitPromise"] = true };
        JsonNode answer = await Ask("Runtime.evaluate", question);
        return (string?)answer["result"]!["value"] ?? "";
    }

    /// <summary>Waits until an expression is true in the page.</summary>
    public async Task Until(string expression)
    {
        long began = Stopwatch.GetTimestamp();
        while (await Evaluate(expression) != "true")
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"waited in vain in the page until {expression}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What the page looks like, a PNG file.</summary>
    public async Task<byte[]> Screenshot() => Convert.FromBase64String((string)(await Ask("Page.captureScreenshot", []))["data"]!);

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _socket.Dispose();
        _process.Dispose();
        _scratch.Dispose();
    }

    private async Task Connect()
    {
        string? line;
        do line = await _process.StandardError.ReadLineAsync();
        while (line?.StartsWith("DevTools listening on ", StringComparison.Ordinal) == false);
        Assert.NotNull(line);
        _ = _process.StandardError.ReadToEndAsync();
        _ = _process.StandardOutput.ReadToEndAsync();
        await _socket.ConnectAsync(new Uri(line[line.IndexOf("ws:", StringComparison.Ordinal)..]), CancellationToken.None);
        _ = Task.Run(Listen);
        JsonNode target = await Ask("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        var page = new JsonObject { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true };
        JsonNode attached = await Ask("Target.attachToTarget", page);
        _session = (string)attached["sessionId"]!;
        foreach (string domain in (string[])["Page", "Runtime", "Log"]) await Ask($"{domain}.enable", []);
    }

    private async Task<JsonNode> Ask(string method, JsonObject parameters)
    {
        int number = Interlocked.Increment(ref _number);
        var request = new JsonObject { ["id"] = number, ["method"] = method, ["params"] = parameters };
        if (_session.Length > 0) request["sessionId"] = _session;
        TaskCompletionSource<JsonNode> answer = _asked[number] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        byte[] message = JsonSerializer.SerializeToUtf8Bytes(request);
        await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        return await answer.Task.WaitAsync(Patience);
    }

    private async Task Listen()
    {
        byte[] piece = new byte[1 << 16];
        var message = new MemoryStream();
        try
        {
            while (true)
            {
                WebSocketReceiveResult got = await _socket.ReceiveAsync(piece, CancellationToken.None);
                message.Write(piece, 0, got.Count);
                if (!got.EndOfMessage) continue;
                Hear(JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!);
                message.SetLength(0);
            }
        }
        catch (Exception end) when (end is WebSocketException or ObjectDisposedException or JsonException)
        {
            // The browser has ended.
        }
    }

    private void Hear(JsonNode message)
    {
        if (message["id"] is { } number)
        {
            if (message["error"] is { } error) _asked[(int)number].TrySetException(new InvalidOperationException(error.ToJsonString()));
            else _asked[(int)number].TrySetResult(message["result"]!);
            return;
        }
        JsonNode? said = message["params"];
        bool isComplaint = (string?)message["method"] switch
        {
            "Runtime.exceptionThrown" or "Runtime.consoleAPICalled" => true,
            "Log.entryAdded" => (string?)said!["entry"]!["level"] is "error" or "warning",
            _ => false,
        };
        if (isComplaint) Complaints.Enqueue(said!.ToJsonString());
    }
}
