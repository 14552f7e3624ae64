namespace System.Device.Gpio;

// nanoframework/System.Device.Gpio: System.Device.Gpio/PinMode.cs
public enum PinMode
{
    InputPullUp = 2,
    Output = 3,
}
