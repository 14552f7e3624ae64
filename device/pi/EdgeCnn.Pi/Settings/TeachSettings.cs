using System.Collections.Generic;
using System.ComponentModel.DataAnnotations;

namespace EdgeCnn.Pi.Settings;

/// <summary>How the camera is taught.</summary>
internal sealed record TeachSettings
{
    /// <summary>Frames that one press on the page teaches.</summary>
    [Range(1, 1000)]
    public int FramesPerPress { get; init; } = 8;


    /// <summary>Buttons: the label that is taught while the line's button is held → the line.</summary>
    public Dictionary<string, int> Buttons { get; init; } = [];
}
