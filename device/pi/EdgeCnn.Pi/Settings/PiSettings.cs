using System.ComponentModel.DataAnnotations;

namespace EdgeCnn.Pi.Settings;

/// <summary>Everything that can be set. A name such as <c>Camera:Width</c> is the same in the file, as the argument
/// <c>--Camera:Width=640</c>, and, with two underscores for the colon, as the variable <c>EDGECNN_PI_Camera__Width</c>.</summary>
internal sealed record PiSettings
{
    /// <summary>Where frames come from.</summary>
    public CameraSettings Camera { get; init; } = new();

    /// <summary>Sound, where it is to be heard instead.</summary>
    public SoundSettings Sound { get; init; } = new();

    /// <summary>Models and how they are replaced.</summary>
    public ModelSettings Model { get; init; } = new();

    /// <summary>How scores of single frames become one steady label.</summary>
    public AnswerSettings Answer { get; init; } = new();

    /// <summary>Who is told.</summary>
    public OutputSettings Outputs { get; init; } = new();

    /// <summary>Buttons and pages that teach.</summary>
    public TeachSettings Teach { get; init; } = new();

    /// <summary>Models by the board protocol.</summary>
    public FlashSettings Flash { get; init; } = new();

    /// <summary>The page.</summary>
    public WebSettings Web { get; init; } = new();

    /// <summary>Whether frames come from a file or standard input, whose end is the end.</summary>
    internal bool IsFile => Sound.IsOn ? Sound.Source != SoundKind.Microphone : Camera.File.Length > 0;
}

/// <summary>How scores of single frames become one steady label.</summary>
internal sealed record AnswerSettings
{
    /// <summary>Frames that the mean of the scores remembers, as a power of two: 0 takes each frame by itself.</summary>
    [Range(0, 8)]
    public int SmoothingShift { get; init; } = 2;

    /// <summary>Share of the scale, in percent, that a label's mean score needs to become the answer.</summary>
    [Range(0, 100)]
    public int EnterPercent { get; init; } = 60;

    /// <summary>Share, in percent, below which the answer is given up; at most <see cref="EnterPercent"/>.</summary>
    [Range(0, 100)]
    [NotAbove(nameof(EnterPercent))]
    public int LeavePercent { get; init; } = 40;
}
