namespace System.Device.Gpio;

// nanoframework/System.Device.Gpio: System.Device.Gpio/PinValue.cs
public readonly struct PinValue
{
    public static PinValue Low => throw null;
}
