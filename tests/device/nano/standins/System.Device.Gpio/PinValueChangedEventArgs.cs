namespace System.Device.Gpio;

/// <summary>How a pin changed.</summary>
public class PinValueChangedEventArgs
{
    internal PinValueChangedEventArgs(PinEventTypes changeType) => ChangeType = changeType;

    /// <summary>From which level.</summary>
    public PinEventTypes ChangeType { get; }
}

/// <summary>Directions of change.</summary>
public enum PinEventTypes
{
    /// <summary>To high.</summary>
    Rising = 1,

    /// <summary>To low.</summary>
    Falling = 2,
}
