using System.Collections.Generic;
using System.ComponentModel.DataAnnotations;

namespace EdgeCnn.Pi.Settings;

/// <summary>Who is told what the camera sees.</summary>
internal sealed record OutputSettings
{
    /// <summary>When a line of JSON is written on standard output.</summary>
    public Occasion Lines { get; init; } = Occasion.Change;

    /// <summary>GPIO lines.</summary>
    public GpioSettings Gpio { get; init; } = new();

    /// <summary>An address that gets every change of the label.</summary>
    public WebhookSettings Webhook { get; init; } = new();

    /// <summary>A broker that gets every change of the label.</summary>
    public MqttSettings Mqtt { get; init; } = new();
}

/// <summary>When something is told.</summary>
internal enum Occasion
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>When the label changes.</summary>
    Change,

    /// <summary>At every frame.</summary>
    Frame,
}

/// <summary>GPIO lines.</summary>
internal sealed record GpioSettings
{
    /// <summary>What drives the lines.</summary>
    public GpioDriver Driver { get; init; } = GpioDriver.Kernel;

    /// <summary>The chip: a path such as <c>/dev/gpiochip0</c>, or how its label begins. The header's chip has another number on every
    /// model and kernel, but always such a label.</summary>
    [Required]
    public string Chip { get; init; } = "pinctrl";

    /// <summary>Lines that are high while their label is the answer: label → line.</summary>
    public Dictionary<string, int> Labels { get; init; } = [];
}

/// <summary>Ways to GPIO lines.</summary>
internal enum GpioDriver
{
    /// <summary>The kernel's character device.</summary>
    Kernel,

    /// <summary>The package System.Device.Gpio, in builds that have it.</summary>
    Iot,
}

/// <summary>An address that gets every change of the label.</summary>
internal sealed record WebhookSettings
{
    /// <summary>Where to post; empty: nowhere.</summary>
    [WebAddress]
    public string Url { get; init; } = "";

    /// <summary>Seconds to wait for an answer.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; init; } = 5;

    /// <summary>How often one message is tried again.</summary>
    [Range(0, 20)]
    public int Retries { get; init; } = 3;
}

/// <summary>A broker that gets every change of the label, through the program <c>mosquitto_pub</c>.</summary>
internal sealed record MqttSettings
{
    /// <summary>The broker; empty: none.</summary>
    public string Host { get; init; } = "";

    /// <summary>Its port.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 1883;

    /// <summary>The topic.</summary>
    [Required]
    public string Topic { get; init; } = "edgecnn/label";

    /// <summary>A configuration folder of mosquitto_pub with user, password and certificates; empty: none.</summary>
    public string Options { get; init; } = "";
}
