namespace System.Device.Gpio;

// nanoframework/System.Device.Gpio: System.Device.Gpio/GpioController.cs
public sealed class GpioController
{
    public GpioController() => throw null;

    public GpioPin OpenPin(int pinNumber, PinMode mode) => throw null;
}
