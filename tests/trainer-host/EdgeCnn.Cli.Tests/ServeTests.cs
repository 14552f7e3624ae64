using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using EdgeCnn.Cli.Tests.Support;
using Xunit;

namespace EdgeCnn.Cli.Tests;

public sealed class ServeTests : IDisposable
{
    private const int Endless = 1_000_000;
    private readonly Scratch _scratch = new();
    private readonly HttpClient _client = new();
    private Process? _training;

    public void Dispose()
    {
        _client.Dispose();
        _training?.Kill();
        _training?.WaitForExit();
        _training?.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task The_page_follows_the_training_and_ends_with_it()
    {
        string address = Train(epochs: 30);
        string page = await _client.GetStringAsync(new Uri(address), TestContext.Current.CancellationToken);
        Assert.Contains("new EventSource(\"events\")", page);
        string events = await _client.GetStringAsync(new Uri(address + "events"), TestContext.Current.CancellationToken);
        Assert.StartsWith("event: now\n", events);
        Assert.EndsWith("event: end\ndata: The training is done.\n\n", events);
        string last = events[events.LastIndexOf("event: now", StringComparison.Ordinal)..];
        Assert.Contains("<dd>30 of 30</dd>", last);
        Assert.Equal(3, Regex.Count(last, "<path class=\"line"));
        await _training!.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, _training.ExitCode);
        Assert.True(File.Exists(_scratch.At("out", "model.ecnn")));
    }

    [Fact]
    public async Task Another_name_for_this_computer_is_not_served()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Train(Endless));
        request.Headers.Host = "somewhere.example";
        using HttpResponseMessage answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public void A_port_that_is_taken_is_refused_before_the_training()
    {
        int port = new Uri(Train(Endless)).Port;
        Outcome outcome = Tool.Run(
            "train", _scratch.At("recipe.json"), "--out", _scratch.At("second"),
            "--serve", "--port", FormattableString.Invariant($"{port}"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Matches($"--port {port}: .* choose another port, or 0 for any that is free", outcome.Error);
    }

    [Fact]
    public void A_browser_draws_the_charts_and_has_nothing_to_complain_of()
    {
        string address = Train(Endless);
        for (int epoch = 0; epoch < 2; epoch++)
            Assert.StartsWith("epoch", _training!.StandardError.ReadLine());
        Page page = Browser.Open(address);
        Assert.Empty(page.Console);
        Assert.Equal(3, Regex.Count(page.Document, "<path class=\"line"));
        Assert.True(page.Screenshot.Length > 10_000, "the screenshot is empty");
    }

    /// <summary>Begins a training.</summary>
    /// <returns>Where its page is.</returns>
    private string Train(int epochs)
    {
        string recipe = _scratch.Write("recipe.json", SmallRecipe.Text);
        _training = Tool.Start(
            _scratch.Folder,
            ["train", recipe, "--epochs", FormattableString.Invariant($"{epochs}"), "--out", "out", "--serve", "--port", "0"]);
        string line = _training.StandardError.ReadLine() ?? "";
        Assert.Matches("^live page: http://127.0.0.1:[0-9]+/$", line);
        return line[(line.LastIndexOf(' ') + 1)..];
    }
}
