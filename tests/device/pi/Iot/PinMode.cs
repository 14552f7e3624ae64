namespace System.Device.Gpio;

/// <summary>Restates, in dotnet/iot, src/System.Device.Gpio/System/Device/Gpio/PinMode.cs.</summary>
public enum PinMode
{
    Input,
    Output,
    InputPullDown,
    InputPullUp,
}
