using System.ComponentModel.DataAnnotations;

namespace EdgeCnn.Pi.Settings;

/// <summary>Where frames come from.</summary>
internal sealed record CameraSettings
{
    /// <summary>Which source: <c>auto</c> tries the cameras in the order of the others.</summary>
    public SourceKind Source { get; init; } = SourceKind.Auto;

    /// <summary>The camera's device, for <c>v4l2</c> and <c>ffmpeg</c>.</summary>
    [Required]
    public string Device { get; init; } = "/dev/video0";

    /// <summary>A video, a picture, or a folder of pictures in the order of their names, instead of a camera.</summary>
    public string File { get; init; } = "";

    /// <summary>Begins the file again when it ends.</summary>
    public bool Loop { get; init; }

    /// <summary>Plays a video at its own speed, pictures at <see cref="FramesPerSecond"/>, and skips frames when that is too fast; else
    /// every frame counts.</summary>
    public bool Paced { get; init; }

    /// <summary>Columns that a camera is asked for.</summary>
    [Range(16, 4096)]
    [MultipleOf(2)]
    public int Width { get; init; } = 640;

    /// <summary>Rows that a camera is asked for.</summary>
    [Range(16, 4096)]
    [MultipleOf(2)]
    public int Height { get; init; } = 480;

    /// <summary>Frames per second that a camera is asked for.</summary>
    [Range(1, 240)]
    public int FramesPerSecond { get; init; } = 30;

    /// <summary>Seconds without a frame after which a camera is given up and looked for again.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; init; } = 5;
}

/// <summary>The kinds of sources.</summary>
internal enum SourceKind
{
    /// <summary>The first camera that gives a frame, in the order below.</summary>
    Auto,

    /// <summary>The program <c>rpicam-vid</c> of Raspberry Pi OS 12 and later.</summary>
    Rpicam,

    /// <summary>Its older name, <c>libcamera-vid</c>.</summary>
    Libcamera,

    /// <summary>A V4L2 device, directly.</summary>
    V4l2,

    /// <summary>A V4L2 device through the program <c>ffmpeg</c>, which knows compressed formats as well.</summary>
    Ffmpeg,
}
