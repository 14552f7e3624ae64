using System.ComponentModel.DataAnnotations;

namespace EdgeCnn.Pi.Settings;

/// <summary>Sound instead of a camera's pictures, for models that were trained on sounds.</summary>
internal sealed record SoundSettings
{
    /// <summary>Where it comes from; <c>None</c>: frames come from a camera.</summary>
    public SoundKind Source { get; init; } = SoundKind.None;

    /// <summary>The file of <see cref="SoundKind.File"/>: one of those that ffmpeg reads.</summary>
    public string File { get; init; } = "";

    /// <summary>The microphone's ALSA device; <c>arecord -L</c> lists them.</summary>
    [Required]
    public string Device { get; init; } = "default";

    /// <summary>Samples per second, those that the model was trained on.</summary>
    [Range(1000, 192_000)]
    public int Rate { get; init; } = 8000;

    /// <summary>Length of a window; the model takes the newest part of it that fills its input.</summary>
    [Range(100, 10_000)]
    public int WindowMilliseconds { get; init; } = 1000;

    /// <summary>Time from one window to the next.</summary>
    [Range(4, 1000)]
    public int StepMilliseconds { get; init; } = 32;

    /// <summary>Mean magnitude from which on a piece of sound is loud, of 32,767. Windows are classified that have what is loud in their
    /// middle.</summary>
    [Range(1, 32_767)]
    public int Quiet { get; init; } = 100;

    /// <summary>Whether frames are sounds.</summary>
    internal bool IsOn => Source != SoundKind.None;
}

/// <summary>The kinds of sources of sound.</summary>
internal enum SoundKind
{
    /// <summary>No sound; a camera.</summary>
    None,

    /// <summary>A microphone, through the program <c>arecord</c> of alsa-utils.</summary>
    Microphone,

    /// <summary>Standard input: samples of 16 bits, little-endian, of one channel.</summary>
    Pipe,

    /// <summary>A file, through the program <c>ffmpeg</c>.</summary>
    File,
}
