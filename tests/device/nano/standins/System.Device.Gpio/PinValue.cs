namespace System.Device.Gpio;

/// <summary>A level.</summary>
public readonly struct PinValue
{
    /// <summary>Ground.</summary>
    public static PinValue Low => default;

    internal bool IsHigh { get; private init; }
}
