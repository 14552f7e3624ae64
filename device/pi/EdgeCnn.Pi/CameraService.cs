using System;
using System.Collections.Generic;
using System.IO;
using EdgeCnn.Managed;
using EdgeCnn.Pi.Flashing;
using EdgeCnn.Pi.Frames;
using EdgeCnn.Pi.Gpio;
using EdgeCnn.Pi.Models;
using EdgeCnn.Pi.Outputs;
using EdgeCnn.Pi.Pipeline;
using EdgeCnn.Pi.Settings;
using EdgeCnn.Pi.Teaching;
using Microsoft.Extensions.Logging;

namespace EdgeCnn.Pi;

/// <summary>The whole: capture, inference and outputs on a thread each, and what changes the model. Begins when it is made.</summary>
internal sealed class CameraService : IDisposable
{
    private static readonly TimeSpan InboxPause = TimeSpan.FromSeconds(2);
    private readonly IGpioDriver? _gpio;
    private readonly Inbox? _inbox;
    private readonly FlashServer? _flash;

    /// <summary>Begins.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="log">The log.</param>
    /// <param name="open">Opens a source of frames; null: as the settings say.</param>
    /// <exception cref="IOException">A folder or a GPIO line can't be had.</exception>
    public CameraService(PiSettings settings, Stream output, ILogger log, Func<Frame, IFrameSource?>? open = null)
    {
        Settings = settings;
        var slots = new Slots(settings.Model.Folder, Disk.Own);
        if (settings.Outputs.Gpio.Labels.Count + settings.Teach.Buttons.Count > 0) _gpio = GpioDrivers.Open(settings.Outputs.Gpio);
        IButtons buttons = _gpio is null || settings.Teach.Buttons.Count == 0
            ? new NoButtons()
            : new LabelButtons(_gpio, settings.Teach.Buttons);
        IReadOnlyList<IOutput> outputs = OutputsOf(settings.Outputs, output, _gpio, log);
        var frames = new Exchange<Frame>(() => new Frame());
        var readings = new Exchange<Reading>(() => new Reading());
        Inference = new InferenceLoop(frames, readings, log);
        Models = new ModelKeeper(settings, slots, Inference, buttons, log);
        Preview = new Preview();
        Inference.Watch(Preview.See);
        Models.Start();
        Told = new OutputLoop(readings, outputs, log);
        Inference.Start();
        Capture = new CaptureLoop(settings, open ?? new SourceChooser(settings, log).Open, frames, log);
        if (settings.Model.Inbox.Length > 0) _inbox = new Inbox(settings.Model, Models, InboxPause, log);
        if (settings.Flash.Enabled) _flash = new FlashServer(settings, Models, log);
        (Frames, Readings) = (frames, readings);
    }

    /// <summary>The settings.</summary>
    public PiSettings Settings { get; }

    /// <summary>Takes frames.</summary>
    public CaptureLoop Capture { get; }

    /// <summary>Classifies them.</summary>
    public InferenceLoop Inference { get; }

    /// <summary>Tells what was seen.</summary>
    public OutputLoop Told { get; }

    /// <summary>Says which model classifies.</summary>
    public ModelKeeper Models { get; }

    /// <summary>Port of the board protocol; 0 where it is not served.</summary>
    public int FlashPort => _flash?.Port ?? 0;

    /// <summary>Keeps a frame for those who look.</summary>
    public Preview Preview { get; }

    /// <summary>From capture to inference.</summary>
    public Exchange<Frame> Frames { get; }

    /// <summary>From inference to outputs.</summary>
    public Exchange<Reading> Readings { get; }

    /// <summary>Frames that were skipped because newer ones were there.</summary>
    public long Dropped => Frames.Dropped + Readings.Dropped;

    /// <inheritdoc/>
    public void Dispose()
    {
        _flash?.Dispose();
        _inbox?.Dispose();
        Capture.Dispose();
        Inference.Dispose();
        Models.Dispose();
        Told.Dispose();
        _gpio?.Dispose();
    }

    private static List<IOutput> OutputsOf(OutputSettings settings, Stream output, IGpioDriver? gpio, ILogger log)
    {
        var outputs = new List<IOutput>();
        if (settings.Lines != Occasion.Never) outputs.Add(new LinesOutput(output, settings.Lines));
        if (gpio is not null && settings.Gpio.Labels.Count > 0) outputs.Add(new LabelLines(gpio, settings.Gpio.Labels));
        if (settings.Webhook.Url.Length > 0) outputs.Add(new MessageQueue(new WebhookSender(settings.Webhook), log));
        if (settings.Mqtt.Host.Length > 0) outputs.Add(new MessageQueue(new MqttSender(settings.Mqtt), log));
        return outputs;
    }
}
