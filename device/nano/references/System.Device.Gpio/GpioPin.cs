namespace System.Device.Gpio;

// nanoframework/System.Device.Gpio: System.Device.Gpio/GpioPin.cs
public sealed class GpioPin
{
    public event PinValueChangedEventHandler ValueChanged
    {
        add => throw null;
        remove => throw null;
    }

    public void Write(PinValue value) => throw null;

    public void Toggle() => throw null;
}

public delegate void PinValueChangedEventHandler(object sender, PinValueChangedEventArgs e);
