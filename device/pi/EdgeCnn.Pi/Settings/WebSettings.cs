using System.ComponentModel.DataAnnotations;

namespace EdgeCnn.Pi.Settings;

/// <summary>The page.</summary>
internal sealed record WebSettings
{
    /// <summary>The fewest characters of a token.</summary>
    public const int TokenCharacters = 16;

    /// <summary>Whether there is a page.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The address to listen at: 127.0.0.1 for this computer only, 0.0.0.0 for all that reach it.</summary>
    [IPAddress]
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 for any that is free.</summary>
    [Range(0, 65535)]
    public int Port { get; init; } = 8080;

    /// <summary>What must be known to change anything; needed as soon as others than this computer reach the page.</summary>
    public string Token { get; init; } = "";
}
