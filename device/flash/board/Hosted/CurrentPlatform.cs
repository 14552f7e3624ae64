using System;

namespace EdgeCnn.Board;

/// <summary>Which board this thread works for.</summary>
internal static class CurrentPlatform
{
    [ThreadStatic]
    private static IPlatform? s_value;

    internal static IPlatform Value
    {
        get => s_value ?? throw new InvalidOperationException("no board is at work on this thread");
        set => s_value = value;
    }
}
