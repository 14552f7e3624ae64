using System.ComponentModel.DataAnnotations;

namespace EdgeCnn.Pi.Settings;

/// <summary>Models and how they are replaced.</summary>
internal sealed record ModelSettings
{
    /// <summary>The model to begin with, while none was installed in <see cref="Folder"/>.</summary>
    public string File { get; init; } = "";

    /// <summary>Folder of the two slots, of what was taught, and of which slot runs.</summary>
    [Required]
    public string Folder { get; init; } = "/var/lib/edgecnn-pi";

    /// <summary>A folder whose new <c>.ecnn</c> files are installed; empty: none.</summary>
    public string Inbox { get; init; } = "";

    /// <summary>File with the public key (PEM) by which every model must be signed; empty: none need be.</summary>
    public string PublicKey { get; init; } = "";

    /// <summary>Largest model that is taken, in bytes.</summary>
    [Range(1024, 256 << 20)]
    public int MaxBytes { get; init; } = 16 << 20;

    /// <summary>Frames that a new model must do before it is trusted; a start before that returns to the one before.</summary>
    [Range(1, 10_000)]
    public int TrialFrames { get; init; } = 30;
}
