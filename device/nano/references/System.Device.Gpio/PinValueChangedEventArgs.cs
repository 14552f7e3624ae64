namespace System.Device.Gpio;

// nanoframework/System.Device.Gpio: System.Device.Gpio/PinValueChangedEventArgs.cs
public class PinValueChangedEventArgs
{
    public PinEventTypes ChangeType => throw null;
}

public enum PinEventTypes
{
    Falling = 2,
}
