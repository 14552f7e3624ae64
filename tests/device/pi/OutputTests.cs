using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using EdgeCnn.Pi.Gpio;
using EdgeCnn.Pi.Outputs;
using EdgeCnn.Pi.Pipeline;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Tests.Support;
using EdgeCnn.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EdgeCnn.Pi.Tests;

public sealed class OutputTests
{
    private static readonly string[] Labels = ["stop", "go \"fast\""];

    [Fact]
    public void A_line_of_JSON_says_what_was_seen()
    {
        var stream = new MemoryStream();
        var output = new LinesOutput(stream, Occasion.Change);
        output.Tell(Seen(1, frame: 7, mean: 32768), isChange: true);
        output.Tell(Seen(1, frame: 8, mean: 40000), isChange: false);
        output.Tell(Seen(Reading.None, frame: 9, mean: 10), isChange: true);
        string[] lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        JsonElement line = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal(7, line.GetProperty("frame").GetInt32());
        Assert.Equal("go \"fast\"", line.GetProperty("label").GetString());
        Assert.Equal(0.5, line.GetProperty("score").GetDouble());
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(lines[1]).RootElement.GetProperty("label").ValueKind);
    }

    [Fact]
    public void A_line_is_high_while_its_label_is_the_answer()
    {
        using var driver = new SimulatedDriver();
        var lines = new LabelLines(driver, new Dictionary<string, int> { ["stop"] = 17, ["go \"fast\""] = 27 });
        Assert.Equal([17, 27], driver.Outputs);
        lines.Tell(Seen(0), isChange: true);
        Assert.Equal(0b01UL, driver.Values);
        lines.Tell(Seen(1), isChange: true);
        Assert.Equal(0b10UL, driver.Values);
        lines.Tell(Seen(Reading.None), isChange: true);
        Assert.Equal(0UL, driver.Values);
        lines.Tell(Seen(1), isChange: true);
        lines.Dispose();
        Assert.Equal(0UL, driver.Values);
    }

    [Fact]
    public void A_line_that_could_not_be_set_is_set_at_the_next_frame()
    {
        using var driver = new SimulatedDriver { IsGone = true };
        var lines = new LabelLines(driver, new Dictionary<string, int> { ["stop"] = 17 });
        Assert.Throws<IOException>(() => lines.Tell(Seen(0), isChange: true));
        driver.IsGone = false;
        lines.Tell(Seen(0), isChange: false);
        Assert.Equal(1UL, driver.Values);
    }

    [Fact]
    public void The_button_of_a_label_the_model_has_is_seen()
    {
        using var driver = new SimulatedDriver();
        var buttons = new LabelButtons(driver, new Dictionary<string, int> { ["jump"] = 4, ["stop"] = 5 });
        Assert.Equal(-1, buttons.Held(Labels));
        driver.Down.Add(0);
        Assert.Equal(-1, buttons.Held(Labels));
        driver.Down.Add(1);
        Assert.Equal(0, buttons.Held(Labels));
    }

    [Fact]
    public async Task A_webhook_gets_every_change_and_is_tried_again()
    {
        var got = new List<string>();
        int asked = 0;
        await using WebApplication server = await Serve(async context =>
        {
            if (++asked == 1)
            {
                context.Response.StatusCode = 503;
                return;
            }
            using var body = new StreamReader(context.Request.Body);
            string text = await body.ReadToEndAsync();
            lock (got) got.Add(text);
        });
        using (var queue = new MessageQueue(new WebhookSender(new WebhookSettings { Url = server.Urls.Single() }), new TestLog()))
        {
            queue.Tell(Seen(0, frame: 1), isChange: true);
            queue.Tell(Seen(0, frame: 2), isChange: false);
            queue.Tell(Seen(1, frame: 3), isChange: true);
        }
        Assert.Equal([1, 3], got.Select(text => JsonDocument.Parse(text).RootElement.GetProperty("frame").GetInt32()));
    }

    [Fact]
    public async Task A_webhook_that_does_not_answer_loses_the_oldest_messages_and_keeps_nobody()
    {
        var never = new TaskCompletionSource();
        await using WebApplication server = await Serve(context => never.Task.WaitAsync(context.RequestAborted));
        var log = new TestLog();
        var settings = new WebhookSettings { Url = server.Urls.Single(), TimeoutSeconds = 1, Retries = 0 };
        using (var queue = new MessageQueue(new WebhookSender(settings), log))
        {
            for (int i = 0; i < 3 * MessageQueue.Capacity; i++) queue.Tell(Seen(i % 2, frame: i), isChange: true);
            Station.Until(() => queue.Lost > MessageQueue.Capacity, "messages were given up");
        }
        Assert.Contains(log.Lines, line => line.Contains("no answer within 1 s", StringComparison.Ordinal));
    }

    [Fact]
    public void A_broker_gets_every_change()
    {
        string? broker = Tools.Find("mosquitto");
        Assert.SkipUnless(broker is not null && Tools.Exists("mosquitto_sub"), "mosquitto and mosquitto-clients are not installed");
        using var scratch = new Scratch();
        int port = FreePort.Find();
        File.WriteAllText(scratch.At("broker.conf"), $"listener {port} 127.0.0.1\nallow_anonymous true\n");
        using Process server = Process.Start(
            new ProcessStartInfo(broker!, ["-c", scratch.At("broker.conf")]) { RedirectStandardError = true })!;
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        try
        {
            var settings = new MqttSettings { Host = "127.0.0.1", Port = port, Topic = "house/camera" };
            Station.Until(() => Answers(port), "the broker answered");
            using (var queue = new MessageQueue(new MqttSender(settings), new TestLog()))
            {
                queue.Tell(Seen(0, frame: 1), isChange: true);
                queue.Tell(Seen(1, frame: 2), isChange: true);
            }
            // The broker keeps the last message for those who come later.
            using Process listener = Process.Start(new ProcessStartInfo(
                Tools.Find("mosquitto_sub")!, ["-h", "127.0.0.1", "-p", $"{port}", "-t", "house/camera", "-C", "1", "-W", "20"])
            { RedirectStandardOutput = true })!;
            Assert.Equal(2, JsonDocument.Parse(listener.StandardOutput.ReadToEnd()).RootElement.GetProperty("frame").GetInt32());
        }
        finally
        {
            server.Kill();
        }
    }

    [Fact]
    public void A_broker_that_is_not_there_is_told_in_the_log()
    {
        Assert.SkipUnless(Tools.Exists("mosquitto_pub"), "mosquitto-clients is not installed");
        var log = new TestLog();
        using (var queue = new MessageQueue(new MqttSender(new MqttSettings { Host = "127.0.0.1", Port = FreePort.Find() }), log))
        {
            queue.Tell(Seen(0, frame: 1), isChange: true);
            Station.Until(() => queue.Lost == 1, "the message was given up");
        }
        Assert.Contains("refused", log.Lines.First(), StringComparison.OrdinalIgnoreCase);
    }

    private static Reading Seen(int label, long frame = 1, int mean = 60000)
    {
        var reading = new Reading { Label = label, Best = Math.Max(label, 0), Frame = frame };
        reading.Begin(Labels);
        Array.Fill(reading.Means, mean);
        return reading;
    }

    private static async Task<WebApplication> Serve(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        WebApplication server = builder.Build();
        server.Run(answer);
        await server.StartAsync();
        return server;
    }

    private static bool Answers(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
