using System.ComponentModel.DataAnnotations;

namespace EdgeCnn.Pi.Settings;

/// <summary>The board protocol over TCP, by which <c>edgecnn flash --port tcp:HOST:PORT</c> installs models. It knows no token: others than
/// this computer are let in only when models must be signed.</summary>
internal sealed record FlashSettings
{
    /// <summary>Whether it is served.</summary>
    public bool Enabled { get; init; }

    /// <summary>The address to listen at: 127.0.0.1 for this computer only, 0.0.0.0 for all that reach it.</summary>
    [IPAddress]
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 for any that is free.</summary>
    [Range(0, 65535)]
    public int Port { get; init; } = 7007;
}
