namespace EdgeCnn.Board;

/// <summary>The board that answers on the line (device/flash/board); the application sets it before <see cref="Boot.Start"/>.</summary>
public static class CurrentPlatform
{
    /// <summary>What it has to offer.</summary>
    public static IPlatform Value { get; set; }
}
