using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using EdgeCnn.Pi.Frames;
using EdgeCnn.Pi.Pipeline;
using EdgeCnn.Pi.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace EdgeCnn.Pi.Tests.Support;

/// <summary>The whole service with a camera for tests, in a folder of its own.</summary>
internal sealed class Station : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Scratch _scratch = new();

    /// <summary>Starts it.</summary>
    /// <param name="model">The model to begin with; null: none.</param>
    /// <param name="change">What to set besides.</param>
    /// <param name="open">The camera; by default <see cref="Camera"/>, again and again.</param>
    /// <param name="log">The log.</param>
    public Station(
        byte[]? model, Func<PiSettings, PiSettings>? change = null, Func<Frame, IFrameSource?>? open = null, ILogger? log = null)
    {
        string file = model is null ? "" : _scratch.Write("model.ecnn", model);
        var settings = new PiSettings
        {
            Model = new ModelSettings { File = file, Folder = _scratch.At("state"), TrialFrames = 10 },
            Answer = new AnswerSettings { SmoothingShift = 0, EnterPercent = 0, LeavePercent = 0 },
            Outputs = new OutputSettings { Lines = Occasion.Never },
            Web = new WebSettings { Port = 0 },
        };
        Service = new CameraService(change?.Invoke(settings) ?? settings, Stream.Null, log ?? NullLogger.Instance, open ?? Open);
    }

    /// <summary>Its camera.</summary>
    public TestCamera Camera { get; } = new();

    /// <summary>The service.</summary>
    public CameraService Service { get; }

    /// <summary>The folder of slots and lessons.</summary>
    public string Folder => Service.Settings.Model.Folder;

    /// <summary>The newest steady label.</summary>
    public int Label
    {
        get
        {
            var reading = new Reading();
            Service.Told.ReadLast(reading);
            return reading.Label;
        }
    }

    /// <summary>Waits until something is so.</summary>
    public static void Until(Func<bool> isSo, string what)
    {
        long began = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"waited in vain until {what}");
            Thread.Sleep(5);
        }
    }

    /// <summary>Waits until some more frames were told of.</summary>
    public void Frames(int count)
    {
        long now = Service.Told.Latencies.Read().Count;
        Until(() => Service.Told.Latencies.Read().Count >= now + count, $"{count} more frames came");
    }

    public void Dispose()
    {
        Service.Dispose();
        _scratch.Dispose();
    }

    private TestCamera? Open(Frame first) => Camera.Read(first) ? Camera : null;
}
